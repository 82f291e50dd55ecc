"""The rules as data: one pack per issuing document, and the working-day calendar."""
