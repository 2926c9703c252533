//! Small pictures, drawn one a frame: none of them keeps the page waiting.

use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;
use std::collections::VecDeque;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// A picture that waits for its frame.
struct Request {
    canvas: HtmlCanvasElement,
    draw: Box<dyn FnOnce(HtmlCanvasElement)>,
}

/// What waits, and the frame in which the first of it is drawn.
#[derive(Default)]
struct Queue {
    requests: VecDeque<Request>,
    frame: Option<AnimationFrame>,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// A canvas that is drawn when it comes into the page, and again when the key is another one.
#[hook]
pub(crate) fn use_thumbnail<K: PartialEq + 'static>(key: K, draw: impl Fn(HtmlCanvasElement) + 'static) -> NodeRef {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(key, move |_| {
            let canvas = node.cast::<HtmlCanvasElement>();
            if let Some(canvas) = canvas.clone() {
                request(Request { canvas, draw: Box::new(draw) });
            }
            // A newer picture takes the place of one that still waits.
            move || {
                if let Some(canvas) = canvas {
                    withdraw(&canvas);
                }
            }
        });
    }
    node
}

fn request(request: Request) {
    QUEUE.with_borrow_mut(|queue| {
        queue.requests.push_back(request);
        if queue.frame.is_none() {
            queue.frame = Some(request_animation_frame(|_| draw_next()));
        }
    });
}

fn withdraw(canvas: &HtmlCanvasElement) {
    QUEUE.with_borrow_mut(|queue| queue.requests.retain(|request| request.canvas != *canvas));
}

/// Draws the picture that waits longest, and asks for the next frame while any is left.
fn draw_next() {
    let request = QUEUE.with_borrow_mut(|queue| {
        let request = queue.requests.pop_front();
        let is_more = !queue.requests.is_empty();
        queue.frame = is_more.then(|| request_animation_frame(|_| draw_next()));
        request
    });
    if let Some(Request { canvas, draw }) = request {
        draw(canvas);
    }
}
