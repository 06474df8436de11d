//! `rapport copy`.

use indicatif::{ProgressBar, ProgressStyle};
use platform::{
    positions::{self, Given},
    store::{Database, Options, Store, copy},
};
use rapport::{desk::MIGRATIONS, reactions::CARRIERS};

/// Copies all data from one database to another, e.g. from SQLite to PostgreSQL. Stop every server first.
#[derive(clap::Args)]
pub struct Copy {
    /// The database to read, e.g. sqlite:/var/lib/rapport/rapport.db
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database to fill; empty, or an earlier copy of the same that was cut
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Copy {
    /// Copies, compares, and says what to do next.
    pub async fn run(self) -> anyhow::Result<()> {
        let open = |url: &str| -> anyhow::Result<Store> {
            let database = Database::parse(url).map_err(anyhow::Error::msg)?;
            if let Database::Sqlite(path) = &database
                && url == self.from
                && !path.exists()
            {
                anyhow::bail!("there is no database at {}. Nothing was changed", path.display());
            }
            let shown = database.to_string();
            Store::open(Options { writers: 2, ..Options::of(database) }, MIGRATIONS).map_err(|error| anyhow::anyhow!("{shown} cannot be opened: {error}"))
        };
        let (from, to) = (open(&self.from)?, open(&self.to)?);
        // What was committed last may not have its place in the log yet.
        while positions::give(&from, CARRIERS).await? != Given::Some(0) {}
        let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{prefix:>9} {msg:24} {bar:32} {human_pos}/{human_len}")?);
        let copied = copy::copy(&from, &to, MIGRATIONS, |progress| {
            bar.set_prefix(if progress.comparing { "comparing" } else { "copying" });
            bar.set_message(progress.table);
            bar.set_length(progress.of);
            bar.set_position(progress.done);
        })
        .await
        .map_err(|error| anyhow::anyhow!("{error}. The source was only read. The same command goes on where it was"))?;
        bar.finish_and_clear();
        println!("Copied {} rows in {} tables; counts and hashes of every table are the same on both sides.", copied.rows, copied.tables);
        println!("Start Rapport with --database set to the new one. The data folder (files, master.key) stays where it is.");
        tokio::task::spawn_blocking(move || {
            from.close();
            to.close();
        })
        .await?;
        Ok(())
    }
}
