"""From a `Review` to what is printed: text for people, JSON and link formats for programs."""
