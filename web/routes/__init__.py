"""The routes of the web side: each file has those of one topic, as a blueprint."""
