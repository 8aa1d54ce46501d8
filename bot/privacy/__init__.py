"""What is done so that nobody's data is kept, shown or logged more than it must be."""
