"""What chunks come to: ours beside what openai-python and LiteLLM make of the same."""
