//! The root of the page: its contexts and its layout.

use super::effects::{Services, run};
use super::hooks::{use_focus_requests, use_page_events, use_selector, use_store, use_texts};
use super::shell::{Advice, Footer, Help, Onward, OpenedRequest, PageNotice, Questions, TopBar, staff_bar};
use super::stage::Stage;
use super::state::session::Capabilities;
use super::state::step::Step;
use super::state::{SessionAction, State};
use super::steps::{DensityPanel, HairlinePanel, LookPanel, PhotoPanel, SavePanel, SizePanel, VariantChoice};
use super::store::Store;
use crate::embed;
use crate::engine::consult::REQUEST_FILE;
use crate::engine::i18n::language;
use crate::platform::{dom, files, picture};
use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    let services = use_memo((), |()| Services::of_slot(embed::slot()));
    let store = use_memo((), |()| {
        let language = language(&dom::languages());
        dom::set_language(language.tag, language.direction, language.texts.title);
        let services = (*services).clone();
        let (mime, name) = REQUEST_FILE;
        let capabilities = Capabilities {
            reads_back: picture::reads_back(),
            prefers_still: dom::prefers_still(),
            shares_files: files::can_share(mime, name),
        };
        let state = State::new(language, capabilities).resuming(embed::take_resume()).opening(embed::request_link());
        Store::new(state, move |effect, store| run(effect, &services, store))
    });
    {
        let (services, store) = (services.clone(), store.clone());
        use_effect_with((), move |()| {
            store.dispatch(SessionAction::Started);
            services.greet_host();
        });
    }
    html! {
        <ContextProvider<Services> context={(*services).clone()}>
            <ContextProvider<Store> context={(*store).clone()}>
                { content() }
            </ContextProvider<Store>>
        </ContextProvider<Services>>
    }
}

/// The page. In a build for development the gallery of widgets takes its place when the address asks for it.
fn content() -> Html {
    #[cfg(debug_assertions)]
    if super::widgets::is_gallery_asked_for() {
        return html! { <super::widgets::Gallery /> };
    }
    html! { <Page /> }
}

/// The layout.
#[component]
fn Page() -> Html {
    let (texts, store) = (use_texts(), use_store());
    use_page_events();
    use_focus_requests();
    let model = use_selector(|state| {
        ((state.step(), state.session.worker, state.editor.has_photos()), OpenedRequest::of(state))
    });
    let ((step, worker, has_photos), staff) = &*model;
    let (step, has_photos) = (*step, *has_photos);
    // Until the request of the clinic's is open there is nothing to work on.
    let is_open = staff.as_ref().is_none_or(OpenedRequest::is_open);
    let worker = worker.map(|is_there| if is_there { "ready" } else { "none" });
    html! {
        <div class={classes!("page", (!has_photos).then_some("without-photo"))} data-step={step.id()} data-worker={worker}>
            <TopBar />
            { for staff.iter().map(|staff| staff_bar(texts, &store, staff)) }
            if is_open {
                <main class="work">
                    <Stage />
                    <section class="panel" aria-label={texts.panel_label}>
                        <PageNotice />
                        <StepPanel {step} />
                        <Advice />
                        if matches!(step, Step::Hairline | Step::Density) {
                            <VariantChoice />
                        }
                        <Help />
                        <Onward />
                        <Footer />
                    </section>
                </main>
            }
            <Questions />
        </div>
    }
}

/// Properties of [`StepPanel`].
#[derive(Properties, PartialEq)]
struct StepPanelProps {
    step: Step,
}

/// The panel of the step. It is a component of its own: written into the page's list, panels that took turns lost their place among
/// their neighbours in yew 0.23, which then panicked.
#[component]
fn StepPanel(props: &StepPanelProps) -> Html {
    match props.step {
        Step::Photo => html! { <PhotoPanel /> },
        Step::Size => html! { <SizePanel /> },
        Step::Hairline => html! { <HairlinePanel /> },
        Step::Density => html! { <DensityPanel /> },
        Step::Look => html! { <LookPanel /> },
        Step::Save => html! { <SavePanel /> },
    }
}
