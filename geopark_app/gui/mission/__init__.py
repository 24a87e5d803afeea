"""The mission planner in the window: days, stops, people, questions, test drives."""
