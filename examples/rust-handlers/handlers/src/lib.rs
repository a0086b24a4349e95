//! What the functions do, apart from the runtime that calls them. Each has a binary in `bin/`.

use rust_handlers_types::{Comment, Published, Verdict};

/// Words that are not said here.
const RUDE: [&str; 2] = ["darn", "heck"];

/// Says what becomes of a comment.
#[must_use]
pub fn review(comment: &Comment) -> Verdict {
    let text = comment.text.to_lowercase();
    if text.contains("https://") {
        Verdict::Spam
    } else if RUDE.iter().any(|rude| text.contains(rude)) {
        Verdict::Rude
    } else {
        Verdict::Fine
    }
}

/// Takes the rude words out of a comment.
#[must_use]
pub fn mask(comment: Comment) -> Comment {
    let masked = |word: &str| {
        let rude = RUDE.iter().any(|rude| word.to_lowercase().contains(rude));
        if rude { "*".repeat(word.chars().count()) } else { word.to_owned() }
    };
    let words: Vec<_> = comment.text.split(' ').map(masked).collect();
    Comment { text: words.join(" "), ..comment }
}

/// Shows a comment to everybody.
#[must_use]
pub fn publish(comment: &Comment) -> Published {
    let author: String = comment.author.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    Published { path: format!("/comments/{author}/{}", comment.text.chars().count()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(text: &str) -> Comment {
        Comment { author: "Ada L".into(), text: text.into(), verdict: None }
    }

    #[test]
    fn each_comment_gets_its_verdict() {
        assert_eq!(review(&comment("Lovely.")), Verdict::Fine);
        assert_eq!(review(&comment("Heck, no!")), Verdict::Rude);
        assert_eq!(review(&comment("See https://example.com")), Verdict::Spam);
    }

    #[test]
    fn a_rude_word_is_masked_and_the_others_stay() {
        let masked = mask(comment("Oh heck, no"));
        assert_eq!(masked, comment("Oh ***** no"));
        assert_eq!(review(&masked), Verdict::Fine);
    }

    #[test]
    fn a_published_comment_has_an_address() {
        assert_eq!(publish(&comment("Lovely.")).path, "/comments/ada-l/7");
    }
}
