//! A value that is derived from other state, together with what it was derived from.

/// Holds a derived value with its key. Whoever wants the value up to date compares keys: nobody has to be told that
/// something changed.
#[derive(Debug, Clone)]
pub struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The value, whatever it was derived from.
    #[must_use]
    pub fn value(&self) -> Option<&V> {
        self.0.as_ref().map(|(_, value)| value)
    }

    /// What it was derived from.
    #[must_use]
    pub fn key(&self) -> Option<&K> {
        self.0.as_ref().map(|(key, _)| key)
    }

    /// Whether there is a value that was derived from this.
    #[must_use]
    pub fn is_of(&self, key: &K) -> bool {
        self.key() == Some(key)
    }

    /// Replaces the value.
    pub fn set(&mut self, key: K, value: V) {
        self.0 = Some((key, value));
    }

    /// Takes the value out, to make the next one of it.
    #[must_use]
    pub fn take(&mut self) -> Option<V> {
        self.0.take().map(|(_, value)| value)
    }

    /// Forgets the value.
    pub fn clear(&mut self) {
        self.0 = None;
    }
}
