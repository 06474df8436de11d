//! Settings. One table is the documentation, the parser and `rapport.default.toml`.
//!
//! Flags win over environment, environment over `rapport.toml`, that over defaults.

use std::{collections::BTreeMap, fmt::Write as _, net::SocketAddr, path::PathBuf};

use ipnet::IpNet;

use crate::{
    blobs::{Address, Files},
    nodes::Nats,
    store::Database,
};

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name in `rapport.toml`; the environment name is `RAPPORT_` and this in capitals.
    pub key: &'static str,
    /// What holds when nobody says otherwise.
    pub default: &'static str,
    /// One sentence.
    pub about: &'static str,
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    Setting { key: "data", default: "./data", about: "Folder of the database, the files and the master key." },
    Setting { key: "listen", default: "127.0.0.1:7700", about: "Address and port to listen on." },
    Setting {
        key: "database",
        default: "",
        about: "sqlite:PATH or postgres://user:password@host/name?sslmode=...; empty means rapport.db in the data folder.",
    },
    Setting {
        key: "files",
        default: "",
        about: "s3://BUCKET/PREFIX?region=REGION&endpoint=https://HOST, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; empty means the folder files in the data folder.",
    },
    Setting {
        key: "nats",
        default: "",
        about: "nats://user:password@host:4222 or tls://..., several with commas: tells the nodes on one PostgreSQL of each other; empty means one node.",
    },
    Setting { key: "public_url", default: "", about: "How people reach this server, e.g. https://help.example.com; empty means the listening address." },
    Setting { key: "trusted_proxies", default: "", about: "Networks whose X-Forwarded-For is believed, e.g. 127.0.0.1/32, 10.0.0.0/8; empty means none." },
    Setting { key: "rate_limits", default: "on", about: "on or off; off is for tests and benches, never for a server others can reach." },
    Setting { key: "max_upload_bytes", default: "26214400", about: "The largest file anybody may upload, in bytes; less may be allowed in places." },
    Setting { key: "session_days", default: "14", about: "Days after which an unused sign-in of an agent ends." },
    Setting { key: "rejoin_hours", default: "72", about: "Hours after a case was closed during which a new message reopens it." },
    Setting { key: "log", default: "info", about: "What is logged: a level, or directives such as info,store=debug." },
    Setting { key: "log_format", default: "text", about: "text for people, json for machines." },
];

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// See [`SETTINGS`]; the fields have the names of the keys.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the data is.
    pub database: Database,
    /// Where uploads are.
    pub files: Files,
    /// Where other nodes of this installation are heard of; none for one node.
    pub nats: Option<Nats>,
    /// Without a slash at the end.
    pub public_url: String,
    /// Networks whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether rate limits are in force.
    pub rate_limits: bool,
    /// Bytes.
    pub max_upload_bytes: i64,
    /// Days.
    pub session_days: i64,
    /// Hours.
    pub rejoin_hours: i64,
    /// Log directives.
    pub log: String,
    /// Logs as JSON.
    pub log_json: bool,
}

impl Config {
    /// Merges flags, environment and file. The error says which setting is wrong and how to mend it.
    pub fn load(flags: &BTreeMap<String, String>, env: impl Fn(&str) -> Option<String>, file: &str) -> Result<Config, String> {
        let file: toml::Table = file.parse().map_err(|error| format!("rapport.toml cannot be read: {error}"))?;
        for key in file.keys().chain(flags.keys()) {
            if !SETTINGS.iter().any(|setting| setting.key == key) {
                return Err(format!("there is no setting {key}; rapport.default.toml lists them all"));
            }
        }
        let text = |key: &str| -> String {
            let default = SETTINGS.iter().find(|setting| setting.key == key).map_or("", |setting| setting.default);
            let from_file = file.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            flags.get(key).cloned().or_else(|| env(&format!("RAPPORT_{}", key.to_uppercase()))).or(from_file).unwrap_or_else(|| default.into())
        };
        let number = |key: &str| -> Result<i64, String> {
            text(key).parse::<i64>().ok().filter(|n| *n > 0).ok_or_else(|| format!("{key} is \"{}\", which is not a whole number above 0", text(key)))
        };
        let data = PathBuf::from(text("data"));
        let listen: SocketAddr =
            text("listen").parse().map_err(|_| format!("listen is \"{}\"; write address and port, e.g. 127.0.0.1:7700", text("listen")))?;
        let database = match text("database").as_str() {
            "" => Database::Sqlite(data.join("rapport.db")),
            url => Database::parse(url)?,
        };
        Ok(Config {
            files: files(&text("files"), &env)?,
            nats: nats(&text("nats"), &database)?,
            database,
            public_url: public_url(&text("public_url"), listen)?,
            trusted_proxies: proxies(&text("trusted_proxies"))?,
            rate_limits: switch(&text("rate_limits"))?,
            max_upload_bytes: number("max_upload_bytes")?,
            session_days: number("session_days")?,
            rejoin_hours: number("rejoin_hours")?,
            log: text("log"),
            log_json: match text("log_format").as_str() {
                "text" => false,
                "json" => true,
                other => return Err(format!("log_format is \"{other}\"; it is text or json")),
            },
            data,
            listen,
        })
    }

    /// Whether people reach this server over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn public_url(url: &str, listen: SocketAddr) -> Result<String, String> {
    match url.trim_end_matches('/') {
        "" => Ok(format!("http://{listen}")),
        url if url.starts_with("https://") || url.starts_with("http://") => Ok(url.into()),
        other => Err(format!("public_url is \"{other}\"; it begins with https:// (or http:// for trying out)")),
    }
}

fn files(text: &str, env: impl Fn(&str) -> Option<String>) -> Result<Files, String> {
    if text.is_empty() {
        return Ok(Files::Folder);
    }
    let address = Address::parse(text)?;
    let needed = |name: &str| env(name).filter(|value| !value.is_empty()).ok_or_else(|| format!("files is {address}, and {name} is not in the environment"));
    let (key, secret) = (needed("AWS_ACCESS_KEY_ID")?, needed("AWS_SECRET_ACCESS_KEY")?);
    Ok(Files::Bucket { address, key, secret })
}

fn nats(text: &str, database: &Database) -> Result<Option<Nats>, String> {
    match (text, database) {
        ("", _) => Ok(None),
        (_, Database::Sqlite(_)) => Err("nats is for several nodes, and those need one PostgreSQL; set database to it, or leave nats empty".into()),
        (text, Database::Postgres(_)) => Nats::parse(text).map(Some),
    }
}

fn proxies(text: &str) -> Result<Vec<IpNet>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().map_err(|_| format!("trusted_proxies has \"{part}\"; write networks, e.g. 127.0.0.1/32")))
        .collect()
}

fn switch(text: &str) -> Result<bool, String> {
    match text {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        other => Err(format!("rate_limits is \"{other}\"; it is on or off")),
    }
}

/// The text of `rapport.default.toml`.
pub fn default_file() -> String {
    let mut out = String::from(
        "# Every setting of Rapport with its default. Copy what you change into rapport.toml in the folder you start Rapport in.\n\
         # Flags win over environment variables, those over rapport.toml, that over these defaults.\n",
    );
    for Setting { key, default, about } in SETTINGS {
        let _ = write!(out, "\n# {about} (environment: RAPPORT_{})\n{key} = \"{default}\"\n", key.to_uppercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(flags: &[(&str, &str)], env: &[(&str, &str)], file: &str) -> Result<Config, String> {
        let flags = flags.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        Config::load(&flags, |name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()), file)
    }

    #[test]
    fn flags_win_over_environment_over_file_over_defaults() {
        let file = "session_days = 3\nrejoin_hours = 5\nlisten = \"127.0.0.1:1\"";
        let config = load(&[("listen", "127.0.0.1:3")], &[("RAPPORT_LISTEN", "127.0.0.1:2"), ("RAPPORT_REJOIN_HOURS", "6")], file).unwrap();

        assert_eq!((config.listen.port(), config.rejoin_hours, config.session_days), (3, 6, 3));
        assert_eq!(config.public_url, "http://127.0.0.1:3");
        assert!(matches!(config.database, Database::Sqlite(path) if path == *"./data/rapport.db"));
    }

    #[test]
    fn a_wrong_setting_is_told_with_its_mend() {
        assert!(load(&[], &[], "listne = \"x\"").unwrap_err().contains("no setting listne"));
        assert!(load(&[("listen", "here")], &[], "").unwrap_err().contains("127.0.0.1:7700"));
        assert!(load(&[("nats", "nats://127.0.0.1")], &[], "").unwrap_err().contains("PostgreSQL"));
        assert!(load(&[("trusted_proxies", "nginx")], &[], "").unwrap_err().contains("networks"));
    }

    #[test]
    fn a_bucket_wants_credentials_and_nothing_shows_them() {
        let files = [("files", "s3://shop-files/rapport?region=eu-west-1")];
        assert!(load(&files, &[("AWS_ACCESS_KEY_ID", "id")], "").unwrap_err().contains("AWS_SECRET_ACCESS_KEY is not in the environment"));
        let config = load(&files, &[("AWS_ACCESS_KEY_ID", "AKIA-shown"), ("AWS_SECRET_ACCESS_KEY", "hunter2")], "").unwrap();
        assert!(matches!(&config.files, Files::Bucket { address, .. } if address.prefix == "rapport/"));
        let shown = format!("{config:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("AKIA") && shown.contains("shop-files"), "{shown}");
    }

    #[test]
    fn the_default_file_in_the_repository_is_this_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rapport.default.toml");
        if std::env::var_os("RAPPORT_UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(path, default_file()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), default_file(), "run the tests with RAPPORT_UPDATE_SNAPSHOTS=1");
        load(&[], &[], &default_file()).unwrap();
    }
}
