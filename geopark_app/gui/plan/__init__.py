"""The plan before the deadlines: steps with their dates, a timeline, days off."""
