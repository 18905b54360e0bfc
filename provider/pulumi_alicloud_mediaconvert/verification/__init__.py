"""One job and its expectations in; findings and one verdict out. Pure."""
