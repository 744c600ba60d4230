//! How values that are printed as JSON are declared: in shapes of their own, so that a change inside breaks no script.

/// Values, each with the function that makes it; `where` comes what several of its fields need. A field is declared once:
/// its name, its type, where it comes from.
macro_rules! values {
    ($(
        $(#[$about:meta])*
        $name:ident $(<$life:lifetime>)? = fn $make:ident($($given:ident: $of:ty),* $(,)?)
        $(where { $($first:tt)* })?
        { $($(#[$told:meta])* $field:ident: $type:ty = $value:expr,)+ }
    )+) => {$(
        $(#[$about])*
        #[derive(serde::Serialize, schemars::JsonSchema)]
        pub(crate) struct $name $(<$life>)? { $($(#[$told])* $field: $type,)+ }

        pub(crate) fn $make $(<$life>)? ($($given: $of),*) -> $name $(<$life>)? {
            $($($first)*)?
            $name { $($field: $value),+ }
        }
    )+};
}
pub(crate) use values;

/// Says which values are those of what is shown.
macro_rules! as_json {
    ($of:ty, $it:ident => $values:expr) => {
        impl crate::doc::AsJson for $of {
            fn json(&self) -> impl serde::Serialize {
                let $it = self;
                $values
            }
        }
    };
}
pub(crate) use as_json;
