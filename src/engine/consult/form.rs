//! What the visitor says of themselves, and what they agree to.

use super::details::Details;

/// The fields of the request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestForm {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Message.
    pub message: String,
    /// When the visitor can be reached.
    pub reply_when: String,
    /// Scars, in the visitor's words.
    pub scars: String,
    /// What was chosen of the tables.
    pub details: Details,
    /// What was agreed to.
    pub consents: Consents,
    /// A field that no person sees: what programs write into it gives them away.
    pub trap: String,
}

/// What the visitor agreed to; nothing at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consents {
    /// That these data go to this clinic.
    pub to_clinic: bool,
    /// That the visitor is 18 or older.
    pub adult: bool,
    /// That the clinic may send news, where it asks for that.
    pub marketing: bool,
}

/// A field of the form, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormField {
    /// Name.
    Name,
    /// E-mail.
    Email,
    /// Telephone.
    Phone,
    /// When the visitor can be reached.
    ReplyWhen,
    /// Message.
    Message,
    /// Scars.
    Scars,
    /// Consent that the data go to the clinic.
    ToClinic,
    /// Age.
    Adult,
    /// Consent to news of the clinic.
    Marketing,
    /// The field that no person sees.
    Trap,
}

impl FormField {
    /// The field that the request calls so.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "name" => Self::Name,
            "email" => Self::Email,
            "phone" => Self::Phone,
            "reply_when" => Self::ReplyWhen,
            "message" => Self::Message,
            "scars" => Self::Scars,
            "send" => Self::ToClinic,
            "adult" => Self::Adult,
            _ => return None,
        })
    }

    /// The id of its element in markup.
    #[must_use]
    pub fn element_id(self) -> &'static str {
        match self {
            Self::Name => "field-name",
            Self::Email => "field-email",
            Self::Phone => "field-phone",
            Self::ReplyWhen => "field-reply-when",
            Self::Message => "field-message",
            Self::Scars => "field-scars",
            Self::ToClinic => "field-to-clinic",
            Self::Adult => "field-adult",
            Self::Marketing => "field-marketing",
            Self::Trap => "field-notes",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldError {
    /// Nothing is written.
    Missing,
    /// Neither e-mail nor telephone is written.
    NoContact,
    /// It cannot be an e-mail address.
    NotAnEmail,
    /// It cannot be a telephone number.
    NotAPhone,
    /// It is longer than the limit; holds the limit in characters.
    TooLong(usize),
    /// It was not ticked.
    NotAgreed,
}

/// What is wrong with a form, in the order of its fields.
pub type RequestFormErrors = Vec<(FormField, FieldError)>;

/// Characters of a name, an e-mail (RFC 5321: 254) or a number.
pub(super) const SHORT_CHARS: usize = 254;
/// Characters of a message.
pub(super) const MESSAGE_CHARS: usize = 4_000;
/// Digits that a telephone number has at least (short national numbers).
const MIN_DIGITS: usize = 5;

impl RequestForm {
    /// What is wrong with it; nothing when it can be sent. Lenient: only what clearly cannot be used is refused.
    #[must_use]
    pub fn errors(&self) -> RequestFormErrors {
        let mut errors = Vec::new();
        let mut note = |field: FormField, fault: Option<FieldError>| {
            if let Some(fault) = fault {
                errors.push((field, fault));
            }
        };
        let missing = |text: &str| text.trim().is_empty().then_some(FieldError::Missing);
        note(FormField::Name, missing(&self.name).or_else(|| too_long(&self.name, SHORT_CHARS)));
        note(FormField::Email, self.email_fault());
        note(FormField::Phone, self.phone_fault());
        note(FormField::ReplyWhen, too_long(&self.reply_when, SHORT_CHARS));
        note(FormField::Message, too_long(&self.message, MESSAGE_CHARS));
        note(FormField::Scars, too_long(&self.scars, MESSAGE_CHARS));
        note(FormField::ToClinic, (!self.consents.to_clinic).then_some(FieldError::NotAgreed));
        note(FormField::Adult, (!self.consents.adult).then_some(FieldError::NotAgreed));
        errors
    }

    /// The text of a field in which one is typed.
    pub fn text_mut(&mut self, field: FormField) -> Option<&mut String> {
        Some(match field {
            FormField::Name => &mut self.name,
            FormField::Email => &mut self.email,
            FormField::Phone => &mut self.phone,
            FormField::ReplyWhen => &mut self.reply_when,
            FormField::Message => &mut self.message,
            FormField::Scars => &mut self.scars,
            FormField::Trap => &mut self.trap,
            FormField::ToClinic | FormField::Adult | FormField::Marketing => return None,
        })
    }

    /// The same to be read; empty where none is typed.
    #[must_use]
    pub fn text(&self, field: FormField) -> &str {
        match field {
            FormField::Name => &self.name,
            FormField::Email => &self.email,
            FormField::Phone => &self.phone,
            FormField::ReplyWhen => &self.reply_when,
            FormField::Message => &self.message,
            FormField::Scars => &self.scars,
            FormField::Trap => &self.trap,
            FormField::ToClinic | FormField::Adult | FormField::Marketing => "",
        }
    }

    /// Whether something is agreed to.
    #[must_use]
    pub fn agrees(&self, field: FormField) -> bool {
        match field {
            FormField::ToClinic => self.consents.to_clinic,
            FormField::Adult => self.consents.adult,
            FormField::Marketing => self.consents.marketing,
            _ => false,
        }
    }

    fn email_fault(&self) -> Option<FieldError> {
        let email = self.email.trim();
        if email.is_empty() {
            return self.phone.trim().is_empty().then_some(FieldError::NoContact);
        }
        let has_parts = email.rsplit_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
        let usable = has_parts && !email.chars().any(|c| c.is_whitespace() || c.is_control() || c == ',');
        too_long(email, SHORT_CHARS).or((!usable).then_some(FieldError::NotAnEmail))
    }

    fn phone_fault(&self) -> Option<FieldError> {
        let phone = self.phone.trim();
        if phone.is_empty() {
            return None;
        }
        let digits = phone.chars().filter(|c| c.is_numeric()).count();
        too_long(phone, SHORT_CHARS).or((digits < MIN_DIGITS).then_some(FieldError::NotAPhone))
    }

    /// Whether anything was typed or ticked.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }
}

fn too_long(text: &str, most: usize) -> Option<FieldError> {
    (text.chars().count() > most).then_some(FieldError::TooLong(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> RequestForm {
        RequestForm {
            name: "Ada".into(),
            email: "ada@example.org".into(),
            consents: Consents { to_clinic: true, adult: true, marketing: false },
            ..RequestForm::default()
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut RequestForm), expected: &[(FormField, FieldError)]) {
        let mut form = form();
        change(&mut form);
        assert_eq!(form.errors(), expected, "{form:?}");
    }

    #[test]
    fn a_name_and_one_way_to_answer_are_enough() {
        check(|_| (), &[]);
        check(
            |f| {
                f.email.clear();
                f.phone = "+44 20 7946 0018".into();
            },
            &[],
        );
        check(|f| f.email.clear(), &[(FormField::Email, FieldError::NoContact)]);
    }

    #[test]
    fn nothing_is_agreed_to_unasked() {
        let untouched = RequestForm::default();
        assert!(untouched.is_untouched() && untouched.errors().len() == 4, "{:?}", untouched.errors());
        check(|f| f.consents.adult = false, &[(FormField::Adult, FieldError::NotAgreed)]);
        check(|f| f.consents.to_clinic = false, &[(FormField::ToClinic, FieldError::NotAgreed)]);
    }

    #[test]
    fn addresses_are_taken_leniently() {
        for good in ["a+b@x.co", "用户@例子.广告", "o'brien@mail.example.museum", "  ada@example.org "] {
            check(|f| f.email = good.into(), &[]);
        }
        for bad in ["ada", "@x.co", "ada@", "ada@local", "a b@x.co", "a@x.co,b@x.co", "ada@.co", "ada@x."] {
            check(|f| f.email = bad.into(), &[(FormField::Email, FieldError::NotAnEmail)]);
        }
    }

    #[test]
    fn long_texts_are_named() {
        check(|f| f.message = "x".repeat(4_001), &[(FormField::Message, FieldError::TooLong(4_000))]);
        check(|f| f.name = "x".repeat(255), &[(FormField::Name, FieldError::TooLong(254))]);
        check(|f| f.phone = "12".into(), &[(FormField::Phone, FieldError::NotAPhone)]);
    }
}
