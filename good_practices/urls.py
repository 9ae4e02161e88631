from django.urls import URLPattern, URLResolver, path

from good_practices import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("practicas/", views.practice_list, name="practice_list"),
    path("practicas/feed.xml", views.practice_feed, name="practice_feed"),
    path("practicas/<slug:slug>/", views.practice_detail, name="practice_detail"),
    path("empresa/practicas/", views.own_practice_list, name="own_practice_list"),
    path("empresa/practicas/nueva/", views.practice_create, name="practice_create"),
    path("empresa/practicas/<int:pk>/", views.practice_edit, name="practice_edit"),
    path("empresa/practicas/<int:pk>/retirar/", views.practice_withdraw, name="practice_withdraw"),
    path("programa/practicas/", views.practice_queue, name="practice_queue"),
    path("programa/practicas/<int:pk>/", views.practice_review, name="practice_review"),
    path("programa/practicas/<int:pk>/publicar/", views.practice_publish, name="practice_publish"),
    path("programa/practicas/<int:pk>/devolver/", views.practice_return, name="practice_return"),
    path("programa/practicas/<int:pk>/despublicar/", views.practice_unpublish, name="practice_unpublish"),
]
