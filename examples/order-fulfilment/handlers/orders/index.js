"use strict";

// The functions of an order's way, as little as they can be. Each export is a Lambda function of its own.

exports.price = async ({ sku, count }) => ({ sku, cents: 1999 * count });

exports.ask = async ({ quote, taskToken }) => {
    // A real one writes to whoever decides; they answer by SendTaskSuccess with this token.
    console.log(JSON.stringify({ order: quote.orderId, taskToken }));
};

exports.charge = async ({ orderId }) => ({ id: `pay-${orderId}`, status: "CAPTURED" });

exports.poll = async ({ id }) => ({ id, status: "CAPTURED" });

exports.reserve = async () => ({ warehouse: "north", readyAt: new Date().toISOString() });

exports.refund = async ({ orderId }) => ({ orderId });

exports.release = async ({ orderId }) => ({ orderId });
