//! The faces: portal, console, widget and shop page, with a Content-Security-Policy on every response.

mod assets;
mod portal;
mod reference;
mod texts;

pub use assets::{chat_page, console, health, metrics, ready, widget, widget_frame};
pub use portal::{home, reference_style, shop, style};
pub use reference::{document, openapi, reference};

use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

/// What a page of ours may do: its own scripts, styles, pictures and connections, nothing else, and inside no other page.
pub(crate) const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Puts on what is missing, so that no response goes out without.
pub async fn secure(mut response: Response) -> Response {
    const DEFAULTS: [(HeaderName, &str); 4] = [
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in DEFAULTS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
