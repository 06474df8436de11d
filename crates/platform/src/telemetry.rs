//! Logs and metrics.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Where metrics are counted, and how `/metrics` renders them.
#[derive(Clone)]
pub struct Metrics(Option<PrometheusHandle>);

impl Metrics {
    /// Installs the recorder for this process; a second call gives a handle that renders nothing.
    pub fn install() -> Metrics {
        Metrics(PrometheusBuilder::new().install_recorder().ok())
    }

    /// No metrics, for tests.
    pub fn none() -> Metrics {
        Metrics(None)
    }

    /// The Prometheus text format (version 0.0.4).
    pub fn render(&self) -> String {
        self.0
            .as_ref()
            .map(|handle| {
                handle.run_upkeep();
                handle.render()
            })
            .unwrap_or_default()
    }
}
