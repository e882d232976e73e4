//! What an endpoint hands to its handler, and what the handler answers.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The input of an endpoint's handler: `pub fn handler(Json(request): Json<Request>) -> FnResult<Json<Response>>`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub path_params: BTreeMap<String, String>,
    pub query: BTreeMap<String, Vec<String>>,
    /// Those the platform lets through, in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: Option<String>,
    /// A body that is not text, in base64.
    pub body_base64: Option<String>,
    pub user_id: Option<String>,
}

impl Request {
    /// The body, read from JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.body.as_deref().unwrap_or_default())
    }

    /// The first value of a parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.first().map(String::as_str)
    }
}

/// The answer of an endpoint's handler.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Response {
    pub fn json(status: u16, body: Value) -> Response {
        Response::text(status, "application/json", body.to_string())
    }

    pub fn text(status: u16, content_type: &str, body: String) -> Response {
        Response { status, headers: BTreeMap::from([("content-type".into(), content_type.into())]), body }
    }
}
