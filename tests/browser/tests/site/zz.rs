use browser_tests::browser::Browser;
#[test]
fn zz() {
    let b = Browser::open();
    b.begin();
    b.tick("em_now", "chest");
    println!("{}", b.count("[data-panel]"));
    println!("{}", b.count("[data-panel] a"));
    println!("{}", b.words("document.querySelector('.option input[value=chest]').closest('.option').outerHTML"));
    std::thread::sleep(std::time::Duration::from_millis(300));
    println!("{}", b.words("document.querySelector('.option input[value=chest]').closest('.option').outerHTML"));
    b.tick("em_now", "chest");
    b.press_button("help");
    std::thread::sleep(std::time::Duration::from_millis(300));
    println!("{}", b.words("document.activeElement.outerHTML"));
    println!("{}", b.words("document.querySelector('.help').outerHTML"));
    b.open_aftercare(); b.start(); b.answer_all(&[]);
    println!("{}", b.words("document.querySelector('.net').outerHTML"));
    b.picture("/tmp/bt/net.png");
}
