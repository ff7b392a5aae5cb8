"""What a text says happened: dates, numbers, who said it, claims, and how claims compare."""
