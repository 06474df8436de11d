//! The first-run guide: what a new installation still needs before its first customer is answered.

use platform::{
    params,
    web::{Found, Input, Page, Problem},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Call;

/// A step and whether it is done.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// `brand`, `inbox`, `widget_seen`, `colleague` or `first_reply`.
    step: String,
    /// Whether it is done.
    done: bool,
}

/// Shows the steps.
pub async fn steps(call: Call, _: Input) -> Result<Found<Page<Step>>, Problem> {
    let steps = call
        .read(|tx| {
            let mut steps = Vec::new();
            for (step, sql) in crate::guide_store::STEPS {
                let done = tx.opt(sql, params![], |_| Ok(()))?.is_some();
                steps.push(Step { step: (*step).into(), done });
            }
            Ok(steps)
        })
        .await?;
    Ok(Found(Page::whole(steps)))
}
