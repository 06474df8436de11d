//! The web as Rapport does it: routes that name their permission, problems that say how to mend them, requests that may be
//! repeated, limits, and the API document, all from one line a route.

mod answer;
mod body;
mod call;
pub mod document;
mod idempotency;
pub mod limit;
mod pace;
mod problem;
mod route;
pub mod server;
pub mod socket;

pub use answer::{Answer, Created, Done, Found, Noted, Page, Shared, WithCookie};
pub use body::{Body, Input, NoQuery, Takes};
pub use call::{Call, Client, Gate};
pub use idempotency::{IdempotencyKey, forget_old as forget_old_answers, rewrite as rewrite_answers, use_up};
pub use problem::Problem;
pub use route::{Method, OperationDoc, Route, delete, get, patch, post, put, raw, router};
