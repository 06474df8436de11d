//! TLS to servers of the operator's own: the database, NATS.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, pem::PemObject as _};

/// A client that believes the machine's authorities, or those in the file `roots` (PEM).
pub(crate) fn client(roots: Option<&str>) -> Result<rustls::ClientConfig, String> {
    let mut believed = rustls::RootCertStore::empty();
    match roots {
        Some(path) => {
            let certificates = CertificateDer::pem_file_iter(path).map_err(|error| format!("sslrootcert {path} cannot be read: {error}"))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| format!("sslrootcert {path} holds something that is no certificate: {error}"))?;
                believed.add(certificate).map_err(|error| format!("sslrootcert {path}: {error}"))?;
            }
        }
        None => {
            let _ignored = believed.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if believed.is_empty() {
        return Err("no authority is known that could vouch for the server; name a file with sslrootcert=PATH".into());
    }
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(believed)
        .with_no_client_auth();
    Ok(config)
}
