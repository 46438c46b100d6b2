"""What makes the weights in models/; nothing here is needed to clean a document."""
