//! `rapport serve`.

use std::io::IsTerminal;

use anyhow::Context;
use platform::{config::Config, telemetry::Metrics, web::Problem};
use rapport::{app, desk::Desk, people, places};
use sd_notify::NotifyState;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing_subscriber::EnvFilter;

use crate::{assets, told};

/// Sets up logs as the configuration says.
pub fn start_logs(config: &Config) {
    // The client of NATS tells every attempt; we tell it once, in words that say what it means.
    let log = if config.log.contains("async_nats") { config.log.clone() } else { format!("{},async_nats=off", config.log) };
    let filter = EnvFilter::try_new(&log).unwrap_or_else(|_| EnvFilter::new("info,async_nats=off"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    let started = if config.log_json { builder.json().try_init() } else { builder.with_target(true).try_init() };
    if started.is_err() {
        eprintln!("rapport: logs had been started before");
    }
}

/// Serves until it is told to stop.
pub async fn run(config: Config) -> anyhow::Result<()> {
    start_logs(&config);
    let listener = listen(&config).await?;
    let desk = Desk::open(config, assets::find, Metrics::install()).await.map_err(anyhow::Error::msg)?;
    let (is_new, link) = desk
        .store
        .write(|tx| {
            places::company(tx)?;
            let is_new = people::list_agents(tx, &rapport::viewer::Viewer::System { reason: "first start" })?.is_empty();
            Ok::<_, Problem>((is_new, if is_new { Some(people::make_setup_link(tx)?) } else { None }))
        })
        .await
        .map_err(told)?;
    println!("Rapport {} listens on {}", env!("CARGO_PKG_VERSION"), desk.config.public_url);
    if let (true, Some(link)) = (is_new, link) {
        println!("Set up this new installation here (works once, for 24 hours):\n  {}", link.address(&desk.config.public_url));
    }
    until_stopped(desk, listener).await
}

/// Takes the port first, so that a second server on the same one changes nothing.
pub async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}. Nothing was changed. Is another Rapport running? Choose another address with --listen", config.listen))
}

/// Serves until SIGTERM or Ctrl-C; a second one ends the process at once.
pub async fn until_stopped(desk: Desk, listener: TcpListener) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    platform::jobs::spawn("signals", async move {
        tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} }
        tell_systemd(NotifyState::Stopping);
        eprintln!("rapport: finishing what has begun (at most 10 seconds; press Ctrl-C again to end at once)");
        let _ = stop.send(true);
        tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} }
        std::process::exit(130);
    });
    tell_systemd(NotifyState::Ready);
    app::serve(desk, listener, stopped).await.context("the server stopped")
}

/// For a unit of `Type=notify`; does nothing where `NOTIFY_SOCKET` is not set.
fn tell_systemd(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(target: "web", %error, "systemd cannot be told how far the server is; with Type=notify it will end it");
    }
}
