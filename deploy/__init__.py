"""What brings the assistant onto a machine."""
