"""Close the loop between formulas and simulation: service that comes out as it is planned."""
