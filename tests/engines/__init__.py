"""Columns under the engines that are too large for every run of the tests: Spark and Ray."""
