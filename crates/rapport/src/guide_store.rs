//! SQL of the first-run guide.

/// A step, and a statement that finds a row when it is done.
pub(crate) const STEPS: &[(&str, &str)] = &[
    ("brand", "SELECT 1 AS done FROM brand WHERE version > 2 LIMIT 1"),
    ("inbox", "SELECT 1 AS done FROM inbox LIMIT 1"),
    ("widget_seen", "SELECT 1 AS done FROM webchat_session LIMIT 1"),
    ("colleague", "SELECT 1 AS done FROM agent WHERE version > 0 LIMIT 1 OFFSET 1"),
    ("first_reply", "SELECT 1 AS done FROM conversation WHERE answered_at IS NOT NULL LIMIT 1"),
];
