//! What the functions of an order's way take and give.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an execution starts with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Its number.
    pub id: String,
    /// Who ordered.
    pub customer: Customer,
    /// What was ordered.
    pub lines: Vec<Line>,
    /// What that costs, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priced: Option<Vec<Priced>>,
}

/// Who ordered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// How to reach them.
    pub email: String,
    /// How well we know them.
    pub tier: Tier,
}

/// How well we know a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Tier {
    /// Ordered often.
    Gold,
    /// Ordered before.
    Known,
    /// Orders for the first time.
    New,
}

/// A line of an order.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What.
    pub sku: String,
    /// How many.
    pub count: u32,
}

/// A line with its price.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Priced {
    /// What.
    pub sku: String,
    /// All of it together.
    pub cents: u64,
}

/// What the customer is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// The order's number.
    pub order_id: String,
    /// How to reach the customer.
    pub email: String,
    /// How well we know them.
    pub tier: Tier,
    /// The sum of all lines.
    pub total_cents: u64,
}

/// What a person is asked.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// What it is about.
    pub quote: Quote,
    /// What the answer names.
    pub task_token: String,
}

/// What the person says.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// Whether the order may go on.
    pub approved: bool,
    /// Who says so.
    pub by: String,
}

/// What the bank says.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Payment {
    /// Its number at the bank.
    pub id: String,
    /// Whether there is money.
    pub status: PaymentStatus,
}

/// Whether there is money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// Yes.
    Captured,
    /// The bank has not decided yet.
    Pending,
    /// No.
    Declined,
}

/// What is set aside in the warehouse.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reservation {
    /// Where.
    pub warehouse: String,
    /// From when it can be fetched.
    pub ready_at: String,
}

/// What leaves the house.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Shipment {
    /// The payment that it is for.
    pub payment_id: String,
    /// Where it is fetched.
    pub warehouse: String,
}

/// What has left the house.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Parcel {
    /// The carrier's number.
    pub tracking: String,
}
