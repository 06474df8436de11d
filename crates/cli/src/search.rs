//! `rapport search`.

use clap::Subcommand;
use platform::web::Problem;
use rapport::{desk::Desk, search};

use crate::told;

/// What can be done with the index of search.
#[derive(Subcommand)]
pub enum Search {
    /// Has it made anew by the running server, or by the next one that is started. The old one answers until the new one has caught up.
    Rebuild,
}

impl Search {
    /// Does it.
    pub async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Search::Rebuild => {
                desk.store.write(|tx| search::rebuild(tx).map_err(Problem::from)).await.map_err(told)?;
                println!("the index of search is being made anew; the old one answers until the new one has caught up");
            }
        }
        Ok(())
    }
}
