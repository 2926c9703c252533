//! How much one address may send: a bucket of tokens for each.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How many addresses are remembered; past that, those that have rested longest are forgotten.
const MAX_ADDRESSES: usize = 10_000;

/// Counts what each address does.
#[derive(Debug)]
pub(crate) struct RateLimit {
    per_minute: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl RateLimit {
    /// Lets an address do something so many times a minute, and as many at once after a rest.
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { per_minute: f64::from(per_minute), buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes one token of an address.
    ///
    /// # Errors
    /// How long the address has to wait for the next one.
    pub(crate) fn take(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let full = Bucket { tokens: self.per_minute, filled: now };
        // Where a thread stopped in here the numbers are still numbers.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_ADDRESSES {
            let minute = Duration::from_secs(60);
            buckets.retain(|_, bucket| now.saturating_duration_since(bucket.filled) < minute);
            if buckets.len() >= MAX_ADDRESSES {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(network(address)).or_insert(full);
        let minutes = now.saturating_duration_since(bucket.filled).as_secs_f64() / 60.0;
        bucket.tokens = (bucket.tokens + minutes * self.per_minute).min(self.per_minute);
        bucket.filled = now;
        if bucket.tokens < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.tokens) / self.per_minute * 60.0));
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

/// An IPv6 network has 2^64 addresses, which one person may all use: they count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) >> 64 << 64).into()),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_when_its_tokens_are_used_up_and_no_other_does() {
        let limit = RateLimit::new(6);
        let start = Instant::now();
        let (one, other): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        for _ in 0..6 {
            assert_eq!(limit.take(one, start), Ok(()));
        }
        assert_eq!(limit.take(one, start), Err(Duration::from_secs(10)));
        assert_eq!(limit.take(other, start), Ok(()));
        assert_eq!(limit.take(one, start + Duration::from_secs(9)).map_err(|wait| wait.as_millis()), Err(1000));
        assert_eq!(limit.take(one, start + Duration::from_secs(11)), Ok(()));
    }

    #[test]
    fn a_network_of_six_counts_as_one_and_many_addresses_do_not_pile_up() {
        let limit = RateLimit::new(1);
        let start = Instant::now();
        assert_eq!(limit.take("2001:db8::1".parse().unwrap(), start), Ok(()));
        assert!(limit.take("2001:db8::2:1".parse().unwrap(), start).is_err());
        for number in 0..30_000_u32 {
            limit.take(IpAddr::V4(number.into()), start).unwrap();
        }
        assert!(limit.buckets.lock().unwrap().len() <= MAX_ADDRESSES);
    }
}
