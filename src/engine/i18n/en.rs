//! English.

macro_rules! texts {
    ($($field:ident = $english:literal;)*) => {
        /// The words of one language, by the place where they stand. `{name}` marks what is filled in.
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "a field's English text says what it is")]
        pub struct Texts { $(pub $field: &'static str,)* }

        /// English.
        pub const EN: Texts = Texts { $($field: $english,)* };

        #[cfg(test)]
        pub(super) fn all(texts: &Texts) -> Vec<(&'static str, &'static str)> {
            vec![$((stringify!($field), texts.$field),)*]
        }
    };
}

texts! {
    // The frame
    title = "Hairline designer";
    simulation = "Simulation, not a promise";
    privacy_line = "Your photo stays on this device until you press Send.";
    steps_label = "Steps";
    step_photo = "Photo";
    step_size = "Size";
    step_hairline = "Hairline";
    step_density = "Density";
    step_look = "Look";
    step_save = "Save or send";
    step_done = "done";
    back = "Back";
    next = "Next: {step}";
    undo = "Undo";
    redo = "Redo";
    close = "Close";
    cancel = "Cancel";
    panel_label = "Controls of this step";
    help_title = "Good to know";
    help_source = "Source: {source}";

    // The stage
    stage_label = "Picture with your design";
    stage_help = "Arrow keys move the cursor or the chosen point, Enter sets, draws or paints, plus and minus zoom, C held shows the photo without the design.";
    stage_empty = "No photo yet.";
    stage_view = "Photo of {width} by {height} pixels.";
    stage_line = "Hairline with {count} points.";
    stage_dots = "About {count} dots.";
    zoom_in = "Zoom in";
    zoom_out = "Zoom out";
    zoom_fit = "Whole picture";
    zoom_full = "100 %";
    zoom_full_label = "100 %: one photo pixel per screen pixel";
    compare_hold = "Hold to see before";
    compare_slider = "Before and after";
    compare_only_after = "only after";
    compare_only_before = "only before";
    compare_value = "{percent} percent before";
    before = "Before";
    after = "After";
    loading = "Opening the photo…";
    growing = "Preparing the dots…";
    face_sought = "Looking for your face, on this device…";
    seeking = "Looking for where your scalp ends…";
    wheel_hint = "Hold Ctrl or ⌘ while you scroll to zoom the picture.";

    // Photo
    photo_title = "Start with a photo";
    photo_title_open = "Your photo";
    idea_title = "A first idea";
    idea_say = "A first idea. Change anything, or start from your own line.";
    idea_note = "Found and drawn on this device. A simulation, not a promise: sizes are rough until you say how far apart your pupils are.";
    idea_change = "Change the line";
    idea_look = "Shade and age";
    idea_eyes = "Your eyes are closed or hidden in this photo, so the marks on your pupils may be off. Check them in the step Size.";
    idea_hair = "Your eyes were found. Where a hairline usually runs there is hair, or something that covers it, so nothing was filled. Draw your own line, or paint where your hair is thin.";
    outline_unseen = "The edge of your head cannot be told from what is behind it, so areas and numbers are rough. Fit the head's outline by hand (step Size), or take the photo before a plain wall.";
    idea_clipped = "Show my own hair cut short";
    idea_decline = "Start from my own line";
    crown_say = "Seen from eye level, most of the scalp is hidden. Lower your chin for the photo, or add one from above, as drawn here.";
    crown_add = "Add a photo from above";
    frontal_say = "This looks like a photo from the front, but it is under “{side}”.";
    frontal_move = "Move it to the front";
    photo_say = "Choose a photo of your head from the front, in even light, from about two steps away.";
    photo_choose = "Choose a photo";
    photo_take = "Take a photo";
    photo_sample = "Try it without a photo";
    photo_sample_note = "Shows a head drawn by the computer.";
    photo_tones = "Skin tone of the sample head";
    photo_tone = "Skin tone {tone} of 10";
    photo_sample_name = "Sample head";
    example_before = "A head drawn by the computer, bald on top";
    example_after = "The same head with scalp micropigmentation";
    example_note = "Before and after on a head drawn by the computer. A simulation, not a promise.";
    photo_drop = "You can also drop a photo here or paste one.";
    photo_open_design = "Open a saved design";
    photo_change = "Choose another photo";
    photo_rotate = "Rotate";
    photo_rotate_label = "Rotate the photo to the right by a quarter";
    photo_tips_title = "A good photo";
    photo_tip_1 = "Daylight from the front, no flash and no filter.";
    photo_tip_2 = "Two steps away, zoomed in: a close camera makes the hairline look smaller.";
    photo_tip_3 = "Dry hair, forehead free, no hat.";
    photo_private = "The photo is opened by your browser only. It is not uploaded.";
    photo_scaled = "Your photo has {from} megapixels. The design works on {to} megapixels of it ({width} by {height}).";
    photo_small = "This photo is only {side} pixels on its short side, so the preview will be coarse. A larger photo shows the dots better.";
    photo_info = "{kind}, {width} by {height} pixels";
    check_lead = "You can carry on with this photo. A better one gives a truer picture.";
    check_dark = "This photo is rather dark. Face a window in daylight, without flash, and take it again: your skin and hair will show better.";
    check_burnt = "Parts of your head are too bright to see. Turn away from direct sun or lamps, switch the flash off, and try again.";
    check_blurred = "This photo looks a little blurred. Rest the phone on something steady, tap your face on the screen to focus, and take another.";
    check_small = "Your head is small in this photo, so single dots will not show. Choose a larger photo, or move the camera a little nearer.";
    check_tilted = "Your head leans by about {degrees}° here. You can level the photo in the step Size, and go back if you prefer it as it was.";
    check_hair = "Hair or a hat seems to cover your forehead. Comb it back or take it off, so that the hairline can be placed properly.";
    check_close = "The camera seems very near, so the top of your head looks too small. Step back two paces, zoom in, and take another.";
    check_dark_short = "rather dark";
    check_burnt_short = "too bright in parts";
    check_blurred_short = "a little blurred";
    check_small_short = "head small in the picture";
    check_tilted_short = "head leans by {degrees}°";
    check_hair_short = "forehead covered";
    check_close_short = "taken from very near";

    // Asking first
    ask_new_title = "Start again with another photo?";
    ask_new_say = "What you drew belongs to the photo you have now. Save the design first if you want to keep it.";
    ask_new_yes = "Use the new photo";
    ask_new_no = "Keep my design";
    ask_open_title = "Replace your design?";
    ask_open_say = "Opening a design replaces the one you have now.";
    ask_open_yes = "Open it";
    ask_open_no = "Keep mine";
    ask_remove_title = "Remove this photo?";
    ask_remove_say = "The photo and what is drawn on it are removed. This can't be undone.";
    ask_delete_title = "Delete everything?";
    ask_delete_say = "The photo, the design and what you typed are removed from this page and from this device. Files you saved stay where you put them.";
    ask_delete_yes = "Delete everything";
    delete_all = "Delete everything";
    deleted = "Everything was deleted from this page and this device.";
    draft_title = "Go on where you stopped?";
    draft_say = "A design from {when} is kept on this device.";
    draft_yes = "Go on";
    draft_no = "Delete it";
    draft_off = "Your browser does not let this page keep a draft, so save your design before you leave.";
    draft_failed = "The draft could not be kept on this device ({why}). What you had before is still there; save your design as a file to be safe.";
    draft_full = "the device is full";
    draft_other = "the browser refused";
    draft_broken = "The design kept on this device could not be read, so you start afresh.";

    // Size
    size_title = "How big is the head?";
    size_say_first = "Tap the middle of one pupil in the picture.";
    size_say_second = "Now tap the middle of the other pupil.";
    size_say_done = "Drag the marks if they are not in the middle of the pupils.";
    size_say_points_first = "Tap one end of something whose length you know.";
    size_say_points_second = "Now tap its other end.";
    size_say_points_done = "Drag the marks to both ends, then type the length.";
    size_by = "Measure by";
    size_by_eyes = "Eyes";
    size_by_card = "Bank card or other length";
    size_place = "Put the marks in the picture";
    size_mark_a = "Left mark";
    size_mark_b = "Right mark";
    size_mark_pupil_a = "Pupil on the left of the picture";
    size_mark_pupil_b = "Pupil on the right of the picture";
    size_brow = "Point between the brows";
    size_brow_note = "The height of the hairline is measured from the cross between the brows. Drag it there.";
    size_pd = "Pupil distance in mm";
    size_pd_note = "It stands on a glasses prescription (PD). Without it we take the average of adults, {mm} mm.";
    size_pd_average = "I do not know it: use the average";
    size_length = "Length in mm";
    size_length_note = "A bank card is 85.6 mm wide. Hold it flat against the forehead.";
    size_scale = "Scale: {scale} pixels per mm. Lengths can be {least} % smaller to {most} % larger than shown.";
    size_rough = "Nothing is measured yet, so all sizes are rough guesses. You can go on without it.";
    size_rough_short = "not measured: all figures are rough guesses";
    size_clear = "Remove the marks";
    size_level = "Level the photo";
    size_level_note = "The eyes lean by {degrees}°. The photo turns, and all that you drew turns with it. Undo takes it back.";
    size_why = "Why the range? Most adults' pupils are {least} to {most} mm apart, and how far away the camera was is only roughly known. Your own pupil distance makes the range smaller.";
    size_why_known = "Why the range? How far away the camera was is only roughly known: near cameras show what lies behind the marks smaller. This is corrected as well as it can be.";
    size_side = "What does the photo show?";
    sides_label = "Sides of the head";
    side_add = "Add a photo: {side}";
    side_none = "No photo of this side yet";
    side_missing = "The photo of this side is not on this device any more";
    side_help_front = "Face the camera at the height of your eyes.";
    side_help_top = "Hold the camera above your head, or bow to it. The forehead belongs at the lower edge.";
    side_help_left = "Turn so that your nose points to the left of the picture.";
    side_help_right = "Turn so that your nose points to the right of the picture.";
    side_help_back = "Ask somebody, or use the timer: the back of the head at eye level.";
    side_remove = "Remove this photo";
    side_front = "Front";
    side_top = "Top";
    side_left = "Left";
    side_right = "Right";
    side_back = "Back";
    size_side_note = "The eyes are not seen from here, and that is fine: measure something whose length you know, such as a bank card held flat against the head.";
    size_camera = "How was it taken?";
    size_camera_near = "Arm's length (about 40 cm)";
    size_camera_steps = "One or two steps away (about 1 m)";
    size_camera_far = "Further (2 m or more)";
    size_camera_note = "A near camera shows the top of the head smaller than the face; knowing the distance, we correct it.";
    head_fit = "Fit the head";
    head_say = "Drag the dashed outline onto the head without its hair. The thin lines show how the scalp curves away.";
    head_say_marks = "The outline is in your hand. Close “Fit the head” below to move the marks again.";
    head_centre = "Middle of the head";
    landmark_canthus_left = "Outer corner of the left eye";
    landmark_canthus_right = "Outer corner of the right eye";
    landmark_nose = "Base of the nose";
    landmark_chin = "Chin";
    landmark_temple_left = "Left temple";
    landmark_temple_right = "Right temple";
    landmark_vertex = "Top of the head";
    variants_label = "Designs";
    review_variant = "Chosen design";
    variant_name = "Design {letter}";
    variant_name_field = "Its name";
    variant_add = "Try another design";
    variant_add_note = "A copy of this one on the same photos. Up to four can be compared.";
    variant_remove = "Remove this design";
    variant_chosen = "This is the design that will be sent.";
    variant_compare = "Compare on the slider with";
    variant_compare_photo = "the photo";
    head_top = "Top of the outline";
    head_left = "Left edge of the outline";
    head_right = "Right edge of the outline";
    head_turn = "Turned";
    head_turn_none = "straight";
    head_turn_left = "{degrees}° to the left of the picture";
    head_turn_right = "{degrees}° to the right of the picture";
    head_nod = "Nodding";
    head_nod_none = "level";
    head_nod_near = "{degrees}° towards you";
    head_nod_away = "{degrees}° away from you";
    head_guess = "Guess again";

    // Hairline
    line_title = "Draw the hairline";
    line_say_none = "Choose a shape, or draw a line yourself.";
    line_say = "Drag the points. Tap the line to add a point.";
    line_say_side = "Draw the line freehand where it goes on here. The thin line is the front line as it lies on this side.";
    line_say_draw = "Draw the line in one go with your finger or mouse.";
    shapes = "Choose a shape";
    shape_oval = "Natural arch";
    shape_rounded = "Rounded";
    shape_edge = "Straight edge";
    shape_mature = "Mature, stepped back";
    shape_peak = "Widow's peak";
    shape_female = "Soft and round";
    shape_height = "Height above the brows";
    shape_width = "Width";
    shape_depth = "How far the temples step back";
    shape_curvature = "Roundness";
    shape_peak_height = "Peak in the middle";
    shape_mm = "{value} mm";
    shape_drawn = "Towards what you drew";
    shape_drawn_none = "the shape";
    shape_drawn_all = "what you drew";
    line_tool = "Way of drawing";
    line_tool_points = "Move points";
    line_tool_draw = "Draw freehand";
    line_tool_temple = "Temples";
    line_tool_landmarks = "Face points";
    line_mirror = "Move both sides alike";
    line_halves = "Left and right";
    line_alike = "Make both sides alike";
    line_alike_left = "From the left";
    line_alike_right = "From the right";
    line_alike_none = "That half of the line has no points of its own. Draw the line across the middle of the face first.";
    line_uneven = "Natural unevenness";
    line_uneven_note = "No face is quite the same on both sides. A millimetre or two can look more natural than none.";
    line_remove = "Remove the line";
    line_point = "Point {index} of {count} of the hairline";
    line_point_remove = "Remove this point";
    line_point_add = "Add a point";
    line_point_corner = "Make it a corner";
    line_point_smooth = "Make it smooth";
    line_height = "Height above the brows";
    line_height_value = "{along} mm along the skin";
    line_height_range = "Between {least} and {most} mm, as far as a photo can tell.";
    line_height_none = "Mark the pupils in the step Size to see the height in millimetres.";

    // Temples, the points of the face and the guides on it
    temple_add = "Add both temple peaks";
    landmarks_say = "We guessed these points from your eyes. Drag the ones that are off, or leave them as they are.";
    landmarks_back = "Back to our guess";
    landmarks_note = "Each point you set helps to place the others, the guides and the shapes. None is needed.";
    mark_canthus = "eye corner";
    mark_nose = "nose";
    mark_chin = "chin";
    mark_temple = "temple";
    mark_vertex = "top";
    guides = "Guide lines on the face";
    guide_thirds = "Thirds of the face";
    guide_midline = "Middle of the face";
    guide_canthus = "Up from the outer corners of the eyes";
    guide_pupil = "Up from the pupils";
    guide_garg = "Garg's points, 8 cm apart";
    guides_snap = "Points snap to the guides";
    guides_note = "Surgeons place hairlines by these.";
    guides_pass = "Hold Shift or Alt to move a point past a guide.";

    // Moving a point without dragging
    nudge_label = "Move the chosen point";
    nudge_left = "Left";
    nudge_right = "Right";
    nudge_up = "Up";
    nudge_down = "Down";
    nudge_previous = "Choose the point before";
    nudge_next = "Choose the next point";
    nudge_none = "Tap a point to choose it; then move it here or with the arrow keys.";

    // Density
    density_title = "Fill and paint";
    density_say = "Fill the area behind the line, then add or take away with the brush.";
    density_no_line = "Draw a hairline first, or paint with the brush alone. Scars, patches and parts need no hairline.";
    density_fill = "A band behind the line";
    density_fill_note = "Fills from the hairline back to the dashed line. Drag its points.";
    density_fill_hair = "Fill to my hair";
    density_fill_head = "Whole head";
    density_fill_again = "Fill it differently";
    density_little = "From the front little of the scalp behind the line is seen. Lower the line, or add a photo from above.";
    density_ways_note = "“Fill to my hair” looks for bare scalp up to your own hair. “Whole head” fills everything behind the line. A band has a rear edge that you drag.";
    density_ways_side = "“Fill to my hair” looks for bare scalp up to your own hair. “Whole head” fills all of the head that is seen. Where the forehead shows, draw the hairline first.";
    density_outline_note = "The dashed outline is a first proposal. Drag its points, and correct the rest with the brush and the eraser.";
    density_side_say = "Fill the bare scalp, then add or take away with the brush.";
    density_not_seen = "The photo does not show clearly enough where your scalp ends. Use “Fill to here” and drag its points, or draw around the area with “Patch”.";
    density_not_seen_side = "The photo does not show clearly enough where your scalp ends. Draw around the area with “Patch”, or paint it with the brush.";
    density_rear = "Front to back";
    density_rear_even = "even";
    density_rear_thinner = "thinner at the back";
    density_rear_value = "{percent} % less at the back";
    density_fill_remove = "Remove the fill";
    density_tool = "Tool";
    density_tool_area = "Area";
    density_tool_brush = "Brush";
    density_tool_eraser = "Eraser";
    special = "For scars, patches and parts";
    special_patch = "Patch";
    special_scar = "Scar";
    special_part = "Part line";
    special_temple = "Temple";
    special_patch_say = "Circle the patch with your finger or mouse. It is filled up to its soft rim; patches usually take {count} sessions.";
    special_scar_say = "Draw along the scar. Dots go into it and just beside it; pale scar skin holds less ink, so {count} sessions are usual.";
    special_part_say = "Draw along the part. It darkens the scalp that shows between longer hair; nothing is shaved.";
    special_temple_say = "Draw along the front edge of a temple or sideburn. The hair lies behind it.";
    special_part_hair = "The picture now assumes that your own hair stays. You can change that in the step Look.";
    special_again = "Draw another one wherever you like; drag the points of what is there.";
    special_point = "{what} {number}: point {index} of {count}";
    special_width = "Width";
    special_depth = "Depth behind the edge";
    special_width_value = "{value} mm";
    special_density = "Density";
    special_remove = "Remove this one ({what} {number})";
    density_boundary = "Point {index} of {count} of the upper boundary";
    density_unit = "{value} dots per cm²";
    density_fill_value = "Density of the fill";
    brush_value = "Density of the brush";
    brush_size = "Size";
    brush_size_unit = "{value} mm across";
    brush_softness = "Softness of its rim";
    brush_behind = "Stay behind the hairline";
    brush_help = "Tap for a dab, drag for a stroke.";
    density_clear = "Remove all paint";
    density_sparse = "sparse";
    density_dense = "dense";

    // Look
    look_title = "See how it looks";
    look_empty = "There are no dots yet. Go back one step and fill an area, then see it here.";
    look_say = "Choose a shade, see how it ages, and compare it with before.";
    look_shade = "Shade";
    shade_ash = "Ash";
    shade_light_grey = "Light grey";
    shade_grey = "Grey";
    shade_dark_grey = "Dark grey";
    shade_charcoal = "Charcoal";
    shade_soft_black = "Soft black";
    probe_match = "Match my shaved sides";
    probe_say_first = "Tap shaved hair in the picture, for example beside the ear.";
    probe_say_second = "Now tap bare skin beside it, in the same light.";
    probe_say_done = "Drag the two circles if they are not on hair and on skin.";
    probe_stubble = "Circle on shaved hair";
    probe_skin = "Circle on bare skin";
    probe_stubble_short = "hair";
    probe_skin_short = "skin";
    probe_shade = "Your shaved hair takes about {percent} % of the light. Suggested: {shade}.";
    probe_hardly = "Hardly any difference is seen there. Try another place, or choose by eye.";
    probe_longer = "This takes about {percent} % of the light. It looks like longer hair or a shadow: shave, or choose by eye.";
    probe_take = "Take it";
    probe_remove = "Remove the two circles";
    look_time = "How old";
    look_time_note = "Touch-ups are usual after {least} to {most} years. Everybody differs.";
    time_fresh = "fresh";
    time_week = "healing, 1 week";
    time_weeks = "healing, {count} weeks";
    time_month = "healed, 1 month";
    time_months = "healed, {count} months";
    time_year = "1 year";
    time_years = "{count} years";
    stages = "The same place at each age";
    stage_fresh = "Fresh";
    stage_month = "Healed";
    stage_half_year = "½ year";
    stage_year = "1 year";
    stage_two_years = "2 years";
    stage_four_years = "4 years";
    stage_six_years = "6 years";
    look_fade = "What makes it fade";
    look_sun = "Sun on the scalp";
    look_sun_little = "Little";
    look_sun_usual = "Usual";
    look_sun_much = "Much";
    look_sun_note = "Sun fades pigment. A hat or sun cream keeps it longer.";
    look_skin = "My skin";
    look_skin_usual = "Usual";
    look_skin_oily = "Oily";
    look_skin_note = "In oily skin it does not last as long.";
    look_fade_note = "How much either matters is our estimate, and so is the fading over years: nobody has published measurements.";
    look_session = "After session";
    look_session_note = "The density is built up over {count} sessions.";
    look_session_note_more = "The density is built up over {usual} sessions, in scars and patches over {more}.";
    look_edge = "Front edge";
    look_edge_note = "Softer: dots, their size and their shade build up over the first {least} to {most} mm behind the line, never in front of it.";
    look_more = "What the picture assumes";
    look_hair = "My own hair";
    look_hair_shaved = "As in the photo";
    look_hair_clipped = "Clipped";
    look_hair_kept = "Stays long";
    look_hair_shaved_note = "Most treatments need your own hair shaved short. Choose Clipped to see it so; here it stays as it is in the photo.";
    look_hair_clipped_note = "Your own hair is shown cut short. What was hidden by it is not known: skin and wall are continued from what is beside them.";
    look_hair_length = "Length";
    look_hair_length_unit = "{value} mm";
    hair_tools = "Correct what was found";
    hair_tools_note = "Paint over hair that was left, or over skin, an ear or a wall that was taken for hair.";
    hair_tool_hair = "This is hair";
    hair_tool_not = "This is not";
    hair_tool_done = "Done";
    hair_reset = "Undo all corrections";
    clipping = "Clipping your hair…";
    clipped_no_head = "Where your head ends cannot be seen in this photo, so your hair stays as it is. Set the outline in the step Size, or try another photo.";
    clipped_no_skin = "Too little bare skin is seen to show what is under your hair, so it stays as it is.";
    clipped_long = "Long hair cannot be shown clipped, so it stays as it is. Stays long is made for this: dots between your own hair.";
    clipped_hat = "Something covers your head. Try a photo without it.";
    clipped_none = "No hair was found that could be clipped.";
    clipped_wall = "What is behind your hair is too uneven to be continued. Try a photo before a plain wall.";
    clipped_failed = "Your hair could not be clipped here. It stays as it is in the photo.";
    look_hair_kept_note = "Density under hair: your own hair stays, and the dots darken the skin that shows between it.";
    caption = "{simulation} · {time} · session {session} · {hair}";
    caption_shaved = "assumes shaved hair";
    caption_kept = "own hair stays";
    caption_clipped = "own hair shown clipped";
    look_edge_value = "{percent} percent soft";
    look_edge_defined = "defined";
    look_edge_soft = "soft";
    look_dot = "Dot size";
    look_dot_unit = "{value} mm";
    figures_title = "In numbers";
    figures_area = "Area";
    figures_area_value = "{least} to {most} cm²";
    figures_area_small = "less than 1 cm²";
    figures_apart = "Left and right of the line differ by";
    figures_more = "By zone and by session";
    figures_zone_value = "{area}, {dots} dots";
    figures_after = "Dots after session {session}";
    zone_hairline = "Hairline, the first {cm} cm";
    zone_front = "Front";
    zone_middle = "Middle";
    zone_crown = "Crown";
    zone_temples = "Temples";
    zone_sides = "Sides";
    zone_back = "Back";
    zone_part = "Part line";
    zone_scars = "Scars";
    zone_patches = "Patches";
    figures_dots = "Dots";
    figures_dots_value = "{least} to {most}";
    figures_sessions = "Sessions";
    figures_sessions_value = "about {count}";
    figures_hours = "Hours in all";
    figures_hours_value = "{least} to {most}";
    figures_hours_small = "less than 1";
    figures_note = "Ranges, because one photo does not tell everything about a head. The clinic decides.";

    // Worth a look
    advice_title = "Worth a look";
    advice_sources = "Who says so";
    advice_notes = "Notes for the practitioner";
    advice_low_line = "The middle of the line stands about {value} mm above the brows. Below {limit} mm looks low on most men, though not on every woman. It is easy to begin higher: a line can be lowered later, but hardly raised.";
    advice_no_recession = "The line does not step back at the temples. From about 30 on most men's lines do, so a step there goes on looking right with the years.";
    advice_slopes_down = "Seen from the side the line slopes down backwards by about {value}°. Lines that grow run level there, or rise.";
    advice_narrow_corner = "A corner of the line stands about {value} mm inside the outer corner of the eye. Right above it a corner stays natural, also when more hair is lost.";
    advice_uneven = "Left and right of the line differ by about {value} mm in height. Up to {limit} mm hardly shows; if you did not mean it, even them out.";
    advice_dense = "In places you ask for {value} dots per cm². Hair grows from at most about {limit} places per cm², and more can look painted.";
    advice_sharp_edge = "The front edge is nearly sharp. Up close that can look drawn on, and it suits most faces less with the years. A softer edge can be made sharper later.";
    advice_darker = "The shade is clearly darker than your own shaved hair. A lighter one blends with the sides, and the next session can darken it.";

    // Save
    save_title = "Save it or send it";
    save_say = "Keep the picture and the design, or ask the clinic about it.";
    save_kind = "Picture as";
    save_png = "PNG";
    save_jpeg = "JPEG";
    save_picture = "Save the picture";
    save_both = "Save before and after";
    save_design = "Save the design";
    save_design_note = "The design can be opened again here. It does not contain your photo.";
    save_open = "Open a design";
    save_working = "Making the picture…";
    save_done = "Saved as {name}.";
    save_failed = "The picture could not be made. Close other tabs and try again, or save the design instead.";
    save_noisy = "Your browser changes pictures to protect you from tracking, so a picture made here would be noise. Allow this page to read canvas data, or save the design instead.";
    save_no_photo = "Open a photo first.";

    // Opening a design
    design_opened = "The design is open.";
    design_needs_photo = "This design was drawn on another photo. Choose that photo, and the design appears on it.";
    design_other_photo = "This is not the photo the design was drawn on. The design was scaled to fit; check every point.";
    design_too_large = "This file is too large to be a design ({megabytes} MB). Choose a file that was saved here.";
    design_unreadable = "This file could not be read as a design. Your work is unchanged. Choose a file that was saved here with “Save the design”.";
    design_newer = "This design was made with a newer version of the program. Your work is unchanged. Ask the clinic for its newest page.";
    design_bad = "Something in this file is out of range ({field}), so it was not opened. Your work is unchanged.";

    // Request
    send_title = "Ask the clinic";
    send_title_named = "Ask {clinic}";
    send_say = "Send your design with your questions. Nothing is sent before you have seen it and pressed Send.";
    send_say_file = "Put your design and your questions into one file that you can bring or mail to the clinic.";
    field_name = "Name";
    field_email = "E-mail";
    field_phone = "Phone";
    field_message = "Message";
    field_message_hint = "What would you like to know? When can you be reached?";
    field_contact_hint = "E-mail or phone, one is enough.";
    consent_send = "I agree that my photo, my design and what I wrote here are sent to {clinic} so that it can answer me. This can include information about my health.";
    consent_adult = "I am 18 or older.";
    the_clinic = "the clinic";
    optional = "optional";
    review = "Review before sending";
    review_file = "Review";
    review_title = "This is what will be sent";
    review_title_file = "This is what the file will contain";
    review_say = "The two pictures, the design and these words. Nothing else.";
    review_edit = "Change something";
    review_pictures = "Pictures, {size} kB together";
    review_design = "Design, {size} kB: lines, points and numbers, no picture";
    review_to = "To";
    review_photo = "Photo notes";
    send = "Send";
    send_to_file = "Save the file";
    sending = "Sending…";
    sending_again = "No answer yet. Trying again in {seconds} s…";
    sent_title = "Your request has arrived";
    sent_say = "The clinic has your request. Its number is {id}.";
    sent_file = "The file is saved as {name}. Send it to the clinic or bring it along.";
    unconfirmed = "We could not confirm that your request arrived. Everything is kept. Try again: if it did arrive, the clinic still gets it only once.";
    cancelled = "You stopped waiting. The request may have arrived all the same. Everything is kept; trying again cannot send it twice.";
    retry = "Try again";
    sending_share = "How much of it is on its way";
    shrinking = "The clinic's server takes only smaller pictures. Making them smaller…";
    offline = "Your device is offline. Everything is kept. Once you are connected, press Try again.";
    online_again = "You are connected again. Press Try again to send your request.";
    earlier_found = "A request that you sent before could not be confirmed. It waits in the step Save or send.";
    earlier_say = "Your request {id} was sent, but could not be confirmed. If you send a changed one, the clinic may get both.";
    earlier_show = "Look at it, or try again";
    earlier_forget = "Forget it";
    sent_kept = "The draft on this device is deleted. Your photo and design are still open on this page, and what you change now is kept nowhere.";
    sent_clear = "Remove them from this page";
    save_instead = "Save as a file instead";
    refused_fields = "The clinic's server could not use something in the form. Please check it and send again.";
    refused_setup = "This clinic's form is not set up correctly, so nothing could be delivered.";
    refused_large = "The pictures are too large for the clinic's server. Save the file instead and mail it.";
    refused_id = "The clinic already has another request with this number. Press Send once more; it gets a new one.";
    contact_line = "You can reach the clinic directly: {contact}";
    fault_missing = "Please fill this in.";
    fault_contact = "Please give an e-mail address or a phone number, so that the clinic can answer.";
    fault_email = "This does not look like an e-mail address. It needs an @ and a domain, like name@example.org.";
    fault_phone = "This does not look like a phone number. It needs at least five digits.";
    fault_long = "This is too long. The limit is {limit} characters.";
    fault_consent = "Please tick this if you agree; without it nothing can be sent.";
    fault_summary = "Please check the marked fields.";

    // Photo faults
    photo_empty = "This file is empty. Choose another photo.";
    photo_foreign = "This is {kind}, not a photo. Choose a JPEG, PNG or WebP.";
    photo_broken = "This {kind} is damaged and cannot be shown. Choose another photo or save it anew with another program.";
    photo_incomplete = "This {kind} is incomplete: its end is missing. Copy or download it again, then choose it once more.";
    photo_bytes = "This file has {megabytes} MB; the limit is {limit} MB. Choose a smaller photo.";
    photo_pixels = "This picture has {megapixels} megapixels; the limit is {limit}. Choose a smaller photo or reduce it first.";
    photo_long = "This picture is {side} pixels long; the limit is {limit}. Choose another photo or cut it first.";
    photo_tiny = "This picture is only {side} pixels on its short side; it needs at least {limit}. Choose a larger photo.";
    photo_heic = "This browser cannot open HEIC photos. On an iPhone set Camera, Formats to “Most compatible”, or share the photo as JPEG and choose that.";
    photo_undecodable = "Your browser cannot open this {kind}. Save it as JPEG or PNG and choose that.";
    photo_unreadable = "The file could not be read. Choose it again.";
    photo_sample_lost = "The sample head could not be loaded. Check your connection and try it again, or choose a photo of your own.";
    photo_memory = "There is not enough memory to open this photo. Close other tabs or choose a smaller photo.";
    canvas_missing = "Your browser gives this page no canvas, so your photo cannot be shown here. Allow this page to use canvas and load it again, or open it in another browser. What you save or send is not affected.";
    photo_none = "That was not a photo. Choose a file, or drop a picture file here.";
    kind_svg = "an SVG drawing";
    kind_html = "a web page";
    kind_pdf = "a PDF document";
    kind_video = "a video";
    kind_audio = "a sound recording";
    kind_zip = "a ZIP file or an office document";
    kind_archive = "an archive";
    kind_tiff = "a TIFF picture";
    kind_raw = "a camera's raw file";
    kind_bmp = "a BMP picture";
    kind_ico = "an icon";
    kind_jp2 = "a JPEG 2000 picture";
    kind_jxl = "a JPEG XL picture";
    kind_psd = "a Photoshop document";
    kind_text = "a text file";
    kind_unknown = "an unknown kind of file";

    // What a gesture could not do
    refuse_no_photo = "Open a photo first.";
    refuse_marks_close = "The two marks are too close together to measure by. Put them further apart.";
    refuse_distance = "That length cannot be right for something on a head. Type it in millimetres.";
    refuse_too_wide = "With these marks the picture would be {metres} m large. Check the marks and the length.";
    refuse_short_line = "That line was too short. Draw from one temple to the other.";
    refuse_short_band = "That line was too short. Draw it from one end to the other.";
    refuse_small_patch = "That circle was too small. Draw around the whole patch.";
    refuse_too_many = "That is more than a design can hold ({what}).";
    refuse_no_line = "Draw a hairline first.";
    refuse_other = "That could not be done.";
}

#[cfg(test)]
mod tests {
    use super::super::LANGUAGES;
    use super::all;

    fn marks(text: &str) -> Vec<&str> {
        let mut marks: Vec<_> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        marks.sort_unstable();
        marks
    }

    #[test]
    fn every_language_says_everything_and_fills_in_the_same() {
        for language in LANGUAGES {
            for ((name, text), (_, english)) in all(language.texts).into_iter().zip(all(LANGUAGES[0].texts)) {
                assert!(!text.trim().is_empty(), "{}: {name} is empty", language.tag);
                assert_eq!(marks(text), marks(english), "{}: {name}", language.tag);
            }
        }
    }
}
