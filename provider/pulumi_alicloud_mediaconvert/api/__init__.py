"""The API of Intelligent Media Services: signed calls, retries, responses as jobs."""
