"""What is asked of networks."""
