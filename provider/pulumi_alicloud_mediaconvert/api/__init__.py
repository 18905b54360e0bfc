"""The API of Intelligent Media Services: signed calls, retries, and answers as jobs."""
