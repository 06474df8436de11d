//! Every feature that rows may speak of.

use platform::{web::Problem, word_enum};

word_enum! {
    /// What may be offered to some and not to others.
    Feature {
        /// Changing several conversations at once.
        BulkChanges = "bulk_changes",
    }
}

/// What there is to know of a feature.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// What it is, in one sentence.
    pub about: &'static str,
    /// The part that asks for it.
    pub part: &'static str,
    /// Whether it is on where no row says anything.
    pub by_default: bool,
    /// What happens where it is off.
    pub when_off: &'static str,
}

impl Feature {
    /// What there is to know of it.
    pub fn facts(self) -> Facts {
        match self {
            Feature::BulkChanges => Facts {
                about: "Agents select several conversations in the console and close, assign or tag them together.",
                part: "conversations",
                by_default: true,
                when_off: "The console has agents change one conversation at a time. The API is the same: each change is one request there as well.",
            },
        }
    }

    /// The feature of a name; the refusal of an unknown one lists those there are.
    pub fn named(name: &str) -> Result<Feature, Problem> {
        Feature::from_word(name).ok_or_else(|| {
            let known: Vec<&str> = Feature::ALL.iter().map(|feature| feature.word()).collect();
            Problem::invalid("/name", format!("There is no feature {name}. Nothing was changed. Known are: {}.", known.join(", ")))
        })
    }
}
