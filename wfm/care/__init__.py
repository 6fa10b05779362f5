"""What promises to people cost, and what could be had for another weighting."""
