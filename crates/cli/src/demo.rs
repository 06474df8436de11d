//! `rapport demo`.

use platform::config::Config;

/// A made-up company.
#[derive(clap::Args)]
pub struct Demo {}

impl Demo {
    /// Seeds and serves.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        crate::serve::run(config).await
    }
}
