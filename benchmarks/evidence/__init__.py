"""How far the staffing formulas are from the truth, one table a file."""
