//! The program in a clinic's page on another origin.

use crate::harness::{Host, Options, for_each_engine};
use crate::site::Site;
use crate::visitor::{fill_behind_line, fill_form, go, mark_pupils, open_photo, press, scan_front};
use serde_json::json;

fn host_page(program: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>A clinic</title>
         <style>* {{ text-transform: uppercase; box-sizing: content-box }} html {{ font-size: 6px }}</style>
         <h1>Our clinic</h1>
         <script type=module src=\"{program}embed.js\"></script>
         <hairline-designer></hairline-designer>
         <p>Below the designer</p>
         <script>
           window.told = []; window.heard = [];
           addEventListener('message', (event) => heard.push(event.data));
           const element = document.querySelector('hairline-designer');
           for (const name of ['ready', 'request-sent'])
             element.addEventListener(name, (event) => told.push([name, event.detail]));
         </script>"
    )
}

#[test]
fn a_clinic_s_page_frames_the_program_and_hears_only_what_it_may() {
    let portrait = scan_front();
    for_each_engine(&Options { viewport: (1280, 900), ..Options::default() }, |page| {
        let host = Host::empty();
        let origin = host.url("").trim_end_matches('/').to_owned();
        let site = Site::configured(|config| config["frame_origins"] = json!([origin]));
        host.page("/", &host_page(&site.url()));
        page.goto(&host.url("/"));
        page.wait_until(
            "the element is there",
            "!!document.querySelector('hairline-designer')?.shadowRoot?.querySelector('button')",
        );
        assert!(
            !site.asked().iter().any(|asked| asked.contains(".wasm")),
            "the program was loaded before it was wanted"
        );
        page.find_css("hairline-designer").find_in_shadow("button").click();
        page.wait_until("the host hears ready", "told.some(([name]) => name === 'ready')");

        let frame = page.find_css("hairline-designer").find_in_shadow("iframe");
        page.enter_frame(&frame);
        page.wait_until("the program stands", "!!document.querySelector('#stage-file')");
        open_photo(page, portrait.as_ref());
        go(page, 1);
        mark_pupils(page, portrait.as_ref());
        fill_behind_line(page);
        go(page, 5);
        press(page, "Save the picture");
        assert!(page.wait_download().bytes.starts_with(b"\x89PNG"), "no PNG out of the frame");
        press(page, "Save the design");
        assert_eq!(page.wait_download().name, "hairline-design.json");
        fill_form(page);
        page.find("button", "Review before sending").click();
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        page.leave_frame();

        page.wait_until("the host hears that it was sent", "told.some(([name]) => name === 'request-sent')");
        let stored = site.received();
        assert_eq!(stored.len(), 1);
        let told = page.eval("return told.find(([name]) => name === 'request-sent')[1].id", &[]);
        assert_eq!(told.as_str(), stored[0].file_name().and_then(|name| name.to_str()));
        let heard = page.eval("return JSON.stringify(heard)", &[]).as_str().unwrap_or_default().to_owned();
        for personal in ["Ada", "Lovelace", "example.org", "fnv1a64", "handles"] {
            assert!(!heard.contains(personal), "the host heard {personal}: {heard}");
        }
        let height = page.eval("return document.querySelector('hairline-designer').shadowRoot.querySelector('iframe').getBoundingClientRect().height", &[]);
        assert!(height.as_f64().is_some_and(|height| (420.0..=4000.0).contains(&height)), "{height}");
        page.screenshot("embedded");
    });
}

#[test]
fn forged_messages_are_ignored() {
    for_each_engine(&Options::default(), |page| {
        let host = Host::empty();
        let site = Site::start();
        host.page("/", &host_page(&site.url()));
        page.goto(&host.url("/"));
        page.wait_until(
            "the element is there",
            "!!document.querySelector('hairline-designer')?.shadowRoot?.querySelector('button')",
        );
        page.eval(
            "for (const data of [null, 7, 'x', {}, { source: 'hairline-designer', version: 1, type: 'request-sent', id: 'AAAAAAAA' },
               { source: 'hairline-designer', version: 1, type: 'ready', instance: 'd1' }]) postMessage(data, '*');",
            &[],
        );
        page.wait_until("the messages came", "heard.length >= 6");
        assert_eq!(page.eval("return told.length", &[]), 0);
    });
}
