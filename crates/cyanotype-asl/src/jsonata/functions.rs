//! The functions that are there without having been defined.

/// Those of JSONata 2.x: <https://docs.jsonata.org/string-functions> and the pages beside it.
/// AWS takes them all but `$eval`.
const JSONATA: [&str; 65] = [
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "clone",
    "contains",
    "count",
    "decodeUrl",
    "decodeUrlComponent",
    "distinct",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "error",
    "eval",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parseInteger",
    "power",
    "random",
    "reduce",
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
    "uppercase",
    "zip",
];

/// Those that AWS adds, from "Transforming data with JSONata in Step Functions":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>.
const AWS: [&str; 6] = ["hash", "parse", "partition", "random", "range", "uuid"];

pub(super) fn is_built_in(name: &str) -> bool {
    JSONATA.binary_search(&name).is_ok() || AWS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(JSONATA.is_sorted());
        assert!(is_built_in("abs") && is_built_in("zip") && is_built_in("partition"));
        assert!(!is_built_in("states") && !is_built_in(""));
    }
}
