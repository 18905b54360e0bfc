"""Code that follows from the list of facts and from the models."""
