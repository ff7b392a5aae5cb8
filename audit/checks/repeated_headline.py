"""The headline stands in the running text again."""

from audit.checks import Check
from audit.language.tokenpatterns import repeated_headline

CHECK = Check(
    title="Headline repeated in the text",
    why="The headline was scraped into the body; readers and counts of words meet it twice.",
    group="language",
    find=repeated_headline,
)
