//! The condition under which an agent may use what is shared.

/// `$1` is whether the viewer keeps what everyone shares, `$2` who it is. What is another's own is nobody else's, whatever their rights.
macro_rules! shared_with_viewer {
    ($row:literal) => {
        concat!(
            "(",
            $row,
            ".agent_id = $2 OR (",
            $row,
            ".agent_id IS NULL AND ($1 OR (",
            $row,
            ".team_id IS NULL AND ",
            $row,
            ".brand_id IS NULL) OR EXISTS (SELECT 1 FROM team_member t WHERE t.agent_id = $2 AND t.team_id = ",
            $row,
            ".team_id) OR EXISTS (SELECT 1 FROM agent_grant g WHERE g.agent_id = $2 AND (g.team_id = ",
            $row,
            ".team_id OR (",
            $row,
            ".brand_id IS NOT NULL AND (g.brand_id IS NULL OR g.brand_id = ",
            $row,
            ".brand_id)))))))"
        )
    };
}
pub(super) use shared_with_viewer;
