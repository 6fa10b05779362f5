"""What a date is: holidays, their neighbours, swapped days, festivals, paydays and events."""
