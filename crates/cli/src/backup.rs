//! `rapport backup` and `rapport restore`.

use std::path::PathBuf;

use clap::Args;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};
use platform::{
    backup::{self, Manifest, Place, Progress, Trouble},
    clock::Clock,
    config::Config,
    ids::Chance,
};
use rapport::desk::MIGRATIONS;

/// Takes a backup beside a running server, or without one.
#[derive(Args)]
pub struct Backup {
    /// The file to make, on another disk than the data. It appears when it is complete, or not at all.
    #[arg(required_unless_present = "key")]
    file: Option<PathBuf>,
    /// Copies the master key into this file, readable by its owner only. Keep it apart from the backup.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Backs up the rest when uploads are missing or damaged; the manifest names them.
    #[arg(long)]
    accept_missing: bool,
}

/// Puts a backup into an empty place.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    file: PathBuf,
    /// The file that `rapport backup --key` made.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Only reads the backup and compares every hash.
    #[arg(long)]
    check: bool,
}

impl Backup {
    /// Does it.
    pub fn run(self, config: &Config) -> anyhow::Result<()> {
        let place = place(config);
        if let Some(key) = &self.key {
            let fingerprint = backup::copy_key(&place, key).map_err(|trouble| told("no key was copied", "Nothing was changed", &trouble))?;
            println!("{}: the master key {fingerprint}. Whoever has it and a backup can read every secret: keep them apart", key.display());
        }
        let Some(file) = &self.file else { return Ok(()) };
        backup::give_way();
        let bar = Bar::new();
        let taken = backup::take(&place, file, self.accept_missing, &mut |progress| bar.show(progress));
        bar.done();
        let taken = taken.map_err(|trouble| told("no backup was made", "The data is as it was, and no file was left", &trouble))?;
        let manifest = taken.manifest;
        println!("{}: {}, {}, complete and on the device", file.display(), HumanBytes(taken.size_bytes), in_it(&manifest));
        if let Some(why) = taken.not_noted {
            eprintln!("rapport: the backup is complete, but its time could not be noted ({why}); `rapport doctor` will think the last one is older");
        }
        if !manifest.missing_files.is_empty() {
            eprintln!("rapport: {} uploads were missing or damaged and are not in it; its manifest names them", manifest.missing_files.len());
        }
        match &manifest.master_key {
            Some(fingerprint) if self.key.is_none() => {
                eprintln!("rapport: the master key ({fingerprint}) is not in it. If it is not kept elsewhere yet: rapport backup --key FILE");
            }
            Some(_) => {}
            None => eprintln!("rapport: the data folder has no master key, so secrets in this backup cannot be read after a restore"),
        }
        Ok(())
    }
}

impl Restore {
    /// Does it.
    pub fn run(self, config: &Config) -> anyhow::Result<()> {
        let (bar, place) = (Bar::new(), place(config));
        if self.check {
            let checked = backup::check(&self.file, &mut |progress| bar.show(progress));
            bar.done();
            let manifest = checked.map_err(|trouble| told("this backup cannot be used", "Nothing was changed", &trouble))?;
            println!("{}: whole, {}", self.file.display(), in_it(&manifest));
            return Ok(());
        }
        let restored = backup::restore(&self.file, &place, self.key.as_deref(), &mut |progress| bar.show(progress));
        bar.done();
        let manifest = restored.map_err(|trouble| told("nothing was restored", "The backup was only read, and no server will find half of it", &trouble))?;
        println!("{}: restored, {}. Every hash was compared and the database checked", config.data.display(), in_it(&manifest));
        if let (None, Some(fingerprint)) = (&self.key, &manifest.master_key) {
            let path = config.data.join("master.key");
            eprintln!(
                "rapport: the master key was not given. Put the file with the key {fingerprint} at {}, mode 0600; before that, Rapport does not start. \
                 If no copy is left: rapport key begin-anew",
                path.display()
            );
        }
        if !manifest.missing_files.is_empty() {
            eprintln!("rapport: {} uploads were missing when the backup was taken; `rapport doctor` lists them", manifest.missing_files.len());
        }
        Ok(())
    }
}

fn place(config: &Config) -> Place<'_> {
    Place {
        database: &config.database,
        data: &config.data,
        files: &config.files,
        migrations: MIGRATIONS,
        clock: Clock::Real,
        chance: Chance::Real,
        version: env!("CARGO_PKG_VERSION"),
    }
}

fn in_it(manifest: &Manifest) -> String {
    let rows: i64 = manifest.tables.values().sum();
    format!("as of {}, {rows} rows, {} uploads ({})", manifest.taken_at, manifest.file_count, HumanBytes(manifest.file_bytes.unsigned_abs()))
}

/// What happened, what is safe, what to do.
fn told(what: &str, safe: &str, trouble: &Trouble) -> anyhow::Error {
    anyhow::anyhow!("{what}: {}. {safe}. {}", trouble.happened, trouble.next)
}

/// A line on the terminal that says how far it is; nothing where there is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// A line that says nothing yet.
    pub fn new() -> Bar {
        let bar = ProgressBar::new(0);
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Bar(bar)
    }

    /// Says what is being done.
    pub fn say(&self, what: &'static str) {
        self.show(Progress { what, done: 0, total: 0 });
    }

    /// Says how much of something is done.
    pub fn count(&self, what: &'static str, done: u64, total: u64) {
        self.show(Progress { what, done, total });
    }

    fn show(&self, progress: Progress) {
        if self.0.message() != progress.what {
            let style = if progress.total > 0 { "{msg} {wide_bar} {percent} %, {eta} left" } else { "{spinner} {msg}" };
            self.0.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.0.set_message(progress.what);
            self.0.reset();
        }
        self.0.set_length(progress.total);
        self.0.set_position(progress.done);
    }

    /// Takes the line away.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}
