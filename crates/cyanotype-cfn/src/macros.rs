//! Properties as they will look in the template.

/// Writes a [`Tree`](crate::Tree) as JSON, with expressions (literals, [`Value`](crate::Value)s, handles'
/// references) in any place of a value.
///
/// ```
/// use cyanotype_cfn::{Pseudo, Tree, Value, tree};
///
/// let retention = 14;
/// let tree = tree!({
///     "BucketName": Value::concat(["logs-".into(), Value::pseudo(Pseudo::Region)]),
///     "LifecycleConfiguration": { "Rules": [{ "Status": "Enabled", "ExpirationInDays": retention }] },
/// });
/// assert!(matches!(tree, Tree::Map(_)));
/// ```
#[macro_export]
macro_rules! tree {
    (@list [$($done:expr,)*]) => { $crate::Tree::List(vec![$($done),*]) };
    (@list [$($done:expr,)*] null $(, $($rest:tt)*)?) => {
        $crate::tree!(@list [$($done,)* $crate::Tree::Null,] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] [$($in:tt)*] $(, $($rest:tt)*)?) => {
        $crate::tree!(@list [$($done,)* $crate::tree!([$($in)*]),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] {$($in:tt)*} $(, $($rest:tt)*)?) => {
        $crate::tree!(@list [$($done,)* $crate::tree!({$($in)*}),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] $next:expr $(, $($rest:tt)*)?) => {
        $crate::tree!(@list [$($done,)* $crate::Tree::from($next),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*]) => {
        $crate::Tree::map::<&str, $crate::Tree>([$($done),*])
    };
    (@map [$($done:expr,)*] $key:literal : null $(, $($rest:tt)*)?) => {
        $crate::tree!(@map [$($done,)* ($key, $crate::Tree::Null),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*] $key:literal : [$($in:tt)*] $(, $($rest:tt)*)?) => {
        $crate::tree!(@map [$($done,)* ($key, $crate::tree!([$($in)*])),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*] $key:literal : {$($in:tt)*} $(, $($rest:tt)*)?) => {
        $crate::tree!(@map [$($done,)* ($key, $crate::tree!({$($in)*})),] $($($rest)*)?)
    };
    (@map [$($done:expr,)*] $key:literal : $next:expr $(, $($rest:tt)*)?) => {
        $crate::tree!(@map [$($done,)* ($key, $crate::Tree::from($next)),] $($($rest)*)?)
    };
    (null) => { $crate::Tree::Null };
    ([$($in:tt)*]) => { $crate::tree!(@list [] $($in)*) };
    ({$($in:tt)*}) => { $crate::tree!(@map [] $($in)*) };
    ($value:expr) => { $crate::Tree::from($value) };
}

#[cfg(test)]
mod tests {
    use crate::Tree;

    #[test]
    fn nesting_null_and_trailing_commas_are_as_in_json() {
        let n = 3;
        let tree = tree!({ "A": [1, [], {}, null,], "B": { "C": n + 1, "D": "x" }, "E": null, });
        let list =
            Tree::List(vec![1.into(), Tree::List(vec![]), Tree::map([("", Tree::Null); 0]), Tree::Null]);
        let expected = Tree::map([
            ("A", list),
            ("B", Tree::map([("C", 4.into()), ("D", Tree::from("x"))])),
            ("E", Tree::Null),
        ]);
        assert_eq!(tree, expected);
    }
}
