"""Built-ins that explain what networks see, and check the explanations."""
