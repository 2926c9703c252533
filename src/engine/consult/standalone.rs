//! The same package as one file, for a clinic without an endpoint: a page that any browser opens, with the pictures and the
//! JSON inside.

use super::{Contents, Pictures};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Media type and name of the file.
pub const REQUEST_FILE: (&str, &str) = ("text/html", "hairline-request.html");

/// The request as one HTML file. It loads nothing and runs nothing: text is text, pictures are inside, and the JSON of the
/// request and the design stand in two script elements of type `application/json`.
#[must_use]
pub fn standalone_file(title: &str, lines: &[(String, String)], contents: &Contents) -> String {
    let Contents { request, design, pictures } = contents;
    let rows: String =
        lines.iter().map(|(name, text)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(text))).collect();
    let picture = |name: &str, bytes: &[u8]| {
        format!("<img alt=\"{name}\" src=\"data:image/jpeg;base64,{}\"> ", STANDARD.encode(bytes))
    };
    let both = |each: &Pictures| picture("before", &each.before) + &picture("after", &each.after);
    let pictures: String = pictures.iter().map(|each| format!("<p>{}</p>\n", both(each))).collect();
    let design = design.as_deref().map_or_else(String::new, |design| {
        format!("<script type=\"application/json\" id=\"design\">{}</script>\n", inside_script(design))
    });
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}\
         img{{max-width:49%;vertical-align:top}}dt{{font-weight:600}}dd{{margin:0 0 .5rem;white-space:pre-wrap}}</style></head>\n\
         <body><h1>{title}</h1>\n{pictures}\
         <dl>\n{rows}</dl>\n\
         <script type=\"application/json\" id=\"request\">{request}</script>\n\
         {design}</body></html>\n",
        title = escaped(title),
        request = inside_script(request),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// JSON in a script element must not end it; `<` can always be written as an escape.
fn inside_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::Side;

    #[test]
    fn markup_stays_text() {
        let jpeg: std::rc::Rc<[u8]> = [0xff, 0xd8].as_slice().into();
        let pictures =
            [Side::Front, Side::Top].map(|side| Pictures { side, before: jpeg.clone(), after: jpeg.clone() });
        let evil = "</script><img src=x onerror=alert(1)>";
        let json = format!("{{\"message\":\"{evil}\"}}");
        let contents = Contents { request: json, design: Some("{}".to_owned()), pictures: pictures.to_vec() };
        let file = standalone_file("Request", &[("Message".into(), evil.into())], &contents);
        assert!(!file.contains("<img src=x"), "{file}");
        assert_eq!(file.matches("</script>").count(), 2);
        assert_eq!(file.matches("<img").count(), 4);
        let start = file.find("id=\"request\">").unwrap() + "id=\"request\">".len();
        let inside = &file[start..start + file[start..].find("</script>").unwrap()];
        let parsed: serde_json::Value = serde_json::from_str(inside).unwrap();
        assert_eq!(parsed["message"], evil);
    }
}
