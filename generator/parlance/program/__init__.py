"""What is checked, as a program over JSON values that knows no language: made of the contract, printed by back ends."""
