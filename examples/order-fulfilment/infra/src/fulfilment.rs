//! The machine that an order starts.

use cyanotype::{
    flow::{Var, context, expression, format, items, variable},
    prelude::*,
};
use order_fulfilment_types::{
    Decision, Order, Parcel, Payment, PaymentStatus, Question, Quote, Reservation, Shipment, Tier,
};

use crate::calls::Calls;

const DAY: u32 = 24 * 3_600;

pub(crate) fn define(
    calls: &Calls,
    shipping: &StateMachineVersion<Shipment, Parcel>,
    customers: &Resource,
) -> Machine<Order, Parcel> {
    let quote = variable::<Quote>("quote");
    machine(|m| {
        let undo = undo(m, calls, quote);

        let price = m
            .map("Price lines", items(path!(Order => lines)).max_concurrency(10), |line| {
                let price = line.task("Price", &calls.price).timeout(seconds(30));
                price.retry(Retry::lambda_transient()).then(line.end())
            })
            .into_field(path!(Order => priced));
        let sum = m.jsonata().evaluate(
            "Quote",
            expression::<Quote>(
                "{ 'orderId': $states.input.id, 'email': $states.input.customer.email, \
                 'tier': $states.input.customer.tier, 'totalCents': $sum($states.input.priced.cents) }",
            ),
        );
        let keep = m.assign("Keep the quote", quote, root::<Quote>());

        let bill_and_reserve = m
            .parallel("Charge and reserve", (branch(|b| charge(b, calls)), branch(|b| reserve(b, calls))))
            .catch(["States.ALL"], undo);
        let shipment = m.shape(
            "Shipment",
            shape!((Payment, Reservation) => Shipment { payment_id: 0.id, warehouse: 1.warehouse }),
        );
        let ship = m
            .task("Ship", shipping)
            .timeout(seconds(3 * DAY))
            .catch(["States.ALL"], undo)
            .select(path!(Execution<Parcel> => output));
        let tell = m
            .service(
                "Tell the customer",
                "sns:publish",
                payload!({
                    "TopicArn": (customers.reference()),
                    "Message": (format("Your parcel is on its way: {}").with(path!(Parcel => tracking))),
                }),
            )
            .timeout(seconds(30))
            .discard_result();

        let approved = price.then(sum).then(keep).then(approval(m, calls, quote));
        approved.then(bill_and_reserve).then(shipment).then(ship).then(tell).then(m.end())
    })
}

/// Asks a person about new customers and large orders; three days without an answer are a no.
fn approval<'m, R>(m: Scope<'m, R>, calls: &Calls, quote: Var<Quote>) -> Open<'m, Quote, Quote> {
    m.join(|approved| {
        let refused = m.fail("Refused").error("OrderRefused").cause("a person said no");
        let unanswered = m.fail("Unanswered").error("OrderRefused").cause("nobody answered in time");
        let decide = m
            .choice("Approved?")
            .when(path!(Decision => approved).is(true), m.recall("The approved quote", quote).then(approved))
            .otherwise(refused);
        let ask = m
            .callback::<_, Decision>("Ask a person", &calls.ask)
            .input(
                shape!(Quote => Question { quote: (root::<Quote>()), task_token: (context::task_token()) }),
            )
            .timeout(seconds(3 * DAY))
            .retry(Retry::lambda_transient())
            .catch(["States.Timeout"], unanswered)
            .then(decide);
        let is_new = path!(Quote => tier).is(Tier::New);
        let is_large = path!(Quote => total_cents).more_than(100_000_u64);
        m.choice("Ask a person?").when(is_new.or(is_large), ask).otherwise(approved)
    })
}

/// Charges, and asks again while the bank has not decided.
fn charge<'m>(m: Scope<'m, Payment>, calls: &Calls) -> At<'m, Quote> {
    let declined = m.fail("Declined").error("PaymentDeclined");
    let paid = m.cycle(|again| {
        let poll = m.task("Ask the bank", &calls.poll).timeout(seconds(30)).retry(Retry::lambda_transient());
        let later = m.wait("A minute", seconds(60)).then(poll).then(again);
        m.choice("Paid?")
            .when(path!(Payment => status).is(PaymentStatus::Captured), m.succeed("Paid"))
            .when(path!(Payment => status).is(PaymentStatus::Pending), later)
            .when(path!(Payment => status).is(PaymentStatus::Declined), declined)
            .no_default()
    });
    m.task("Charge", &calls.charge).timeout(seconds(30)).retry(Retry::lambda_transient()).then(paid)
}

fn reserve<'m>(m: Scope<'m, Reservation>, calls: &Calls) -> At<'m, Quote> {
    m.task("Reserve", &calls.reserve).timeout(seconds(30)).retry(Retry::lambda_transient()).then(m.end())
}

/// Gives the money and the goods back, and fails. Both can be given back when they were never taken.
fn undo<'m, R>(m: Scope<'m, R>, calls: &Calls, quote: Var<Quote>) -> At<'m, ErrorOutput> {
    let patient = || Retry::all().interval(seconds(10)).max_attempts(20).max_delay(seconds(3_600)).jitter();
    let both = m.parallel(
        "Undo",
        (
            branch(|b| b.task("Refund", &calls.refund).timeout(seconds(30)).retry(patient()).then(b.end())),
            branch(|b| b.task("Release", &calls.release).timeout(seconds(30)).retry(patient()).then(b.end())),
        ),
    );
    m.recall("What to undo", quote).then(both).then(m.fail("Cancelled").error("OrderCancelled"))
}
