"""What is shown before a catalogue is open."""
