"""Forms of an employer, its workplaces, figures and people. Sentences are for people, so they say what to do."""
